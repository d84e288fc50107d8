"""SKILL.md bodies become HTML; nothing in them becomes code, and nothing is loaded from elsewhere."""

import pytest

from app.web.markdown import render_markdown
from tests.support.factories import make_skill
from tests.support.inspection import parse, words_in

ALLOWED_SCHEMES = ("http://", "https://", "mailto:", "/", "#")
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "text <b onclick=alert(1)>bold</b>",
    "<iframe src=https://evil.example></iframe>",
    "<style>body{display:none}</style>",
    "<!-- a comment --><svg/onload=alert(1)>",
    "[a link](javascript:alert(1))",
    "[a link](JaVaScRiPt:alert(1))",
    "[a link](java\tscript:alert(1))",
    "[a link](&#106;avascript:alert(1))",
    "[a link](vbscript:x)",
    "[a link](data:text/html;base64,PHNjcmlwdD4=)",
    "<javascript:alert(1)>",
    "[ref]\n\n[ref]: javascript:alert(1)",
    '[a](https://x.example "title\\" onmouseover=\\"alert(1)")',
    '[a](https://x.example"onmouseover="alert(1))',
    "![image](javascript:alert(1))",
    '![" onerror="alert(1)](https://evil.example/x.png)',
    "```<script>\n<script>alert(1)</script>\n```",
    "`<script>alert(1)</script>`",
    "# <script>alert(1)</script>",
    "| <script>alert(1)</script> |\n|---|\n| <img src=x> |",
]


def rendered(markdown: str):
    return parse(f"<!doctype html><title>x</title><body>{render_markdown(markdown)}")


@pytest.mark.parametrize("markdown", HOSTILE)
def test_nothing_in_a_text_becomes_code(markdown):
    body = rendered(markdown).find("body")

    for element in body.iter():
        assert element.tag not in ("script", "style", "iframe", "img", "svg", "object", "embed", "form", "base", "meta")
        assert [name for name in element.attrib if name.startswith("on") or name in ("style", "src", "srcdoc")] == []
        assert element.get("href", "/").startswith(ALLOWED_SCHEMES), element.get("href")


@pytest.mark.parametrize("markdown", ["a <b>bold</b> b", "<div>\n\ntext\n\n</div>", "x &lt;y&gt; <br> z"])
def test_raw_html_is_shown_as_it_was_written(markdown):
    shown = words_in(rendered(markdown).find("body"))

    assert [tag for tag in ("<b>", "<div>", "<br>") if tag in markdown] == [
        tag for tag in ("<b>", "<div>", "<br>") if tag in shown
    ]


def test_headings_are_lowered_under_the_page_s_own():
    body = rendered("# One\n\n## Two\n\n##### Five\n\n###### Six\n\nUnder\n=====\n").find("body")

    headings = [(element.tag, words_in(element)) for element in body.iter() if element.tag.startswith("h")]
    assert headings == [("h2", "One"), ("h3", "Two"), ("h6", "Five"), ("h6", "Six"), ("h2", "Under")]


def test_an_image_becomes_its_description():
    body = rendered("See ![a chart](https://elsewhere.example/x.png) and ![](y.png).").find("body")

    assert words_in(body) == "See a chart and image."
    assert list(body.iter("img")) == []
    assert "elsewhere" not in render_markdown("![a](https://elsewhere.example/x.png)")


def test_an_ordinary_text_is_rendered_in_full():
    body = rendered("A *word* and **two**.\n\n- one\n- two\n\n1. a\n\n> quoted\n\n```python\nx = 1 < 2\n```\n").find(
        "body"
    )

    tags = {element.tag for element in body.iter()}
    assert {"p", "em", "strong", "ul", "ol", "li", "blockquote", "pre", "code"} <= tags
    assert "x = 1 < 2" in words_in(body)


def test_links_lead_where_they_say():
    body = rendered("[there](https://example.com/a?b=c&d=e) <https://example.com>").find("body")

    assert [link.get("href") for link in body.iter("a")] == ["https://example.com/a?b=c&d=e", "https://example.com"]


def test_a_table_scrolls_by_itself():
    body = rendered("| a | b |\n|---|---|\n| 1 | 2 |\n").find("body")

    [box] = [element for element in body.iter("div") if element.get("class") == "scroll"]
    assert box.get("tabindex") == "0"
    assert [words_in(cell) for cell in box.iter("td")] == ["1", "2"]


def test_the_page_of_a_hostile_skill_is_sound(browser_of, author):
    make_skill(author, name="a-skill", body="\n\n".join(HOSTILE))

    assert browser_of().get("/skills/a-skill").status_code == 200  # the browser inspects it
