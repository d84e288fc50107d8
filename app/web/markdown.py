"""Rendering of SKILL.md bodies. The one place where text becomes HTML that is not escaped again.

markdown-it with `html` off escapes raw HTML instead of passing it through, and refuses `javascript:` and the like in
links. Two rules are ours: headings move down a level where there is an h1, because the page has its own, and an image
becomes its description, because our pages load nothing from elsewhere. A text that grows by being rendered (one long
address that thousands of links refer to) is shown as it is typed.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup, escape

DEEPEST_HEADING = 6
MOST_CHARACTERS_OF_ADDRESSES = 500_000
"""In all links of a text together. A SKILL.md has at most a fifth of that, each written out once."""


class _Renderer(RendererHTML):
    def image(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return f'<span class="image">{escape(tokens[idx].content or "image")}</span>'

    def table_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return '<div class="scroll" tabindex="0" role="group" aria-label="Table"><table>\n'

    def table_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return "</table></div>\n"


_markdown = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable("table")


@lru_cache(maxsize=64)
def render_markdown(text: str) -> Markup:
    """Return the HTML of a Markdown text that is shown again and again: what it costs is paid once."""
    return preview_markdown(text)


def preview_markdown(text: str) -> Markup:
    """Return the HTML of a Markdown text that changes with every look."""
    environment: dict[str, Any] = {}
    tokens = _markdown.parse(text, environment)
    if _length_of_addresses(tokens) > MOST_CHARACTERS_OF_ADDRESSES:
        return Markup("<pre>{}</pre>").format(text)
    _lower_headings(tokens)
    _align_by_class(tokens)
    return Markup(_markdown.renderer.render(tokens, _markdown.options, environment))  # noqa: S704 - see the beginning


def _length_of_addresses(tokens: Sequence[Token]) -> int:
    inline = (child for token in tokens for child in token.children or ())
    return sum(len(str(value)) for token in inline for value in token.attrs.values())


def _lower_headings(tokens: Sequence[Token]) -> None:
    """Make room for the page's own h1, where the text has one as well."""
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    if any(token.tag == "h1" for token in headings):
        for token in headings:
            token.tag = f"h{min(int(token.tag[1:]) + 1, DEEPEST_HEADING)}"


def _align_by_class(tokens: Sequence[Token]) -> None:
    """Say how a table's column is aligned by a class: our pages allow no inline style."""
    for token in tokens:
        if style := token.attrs.pop("style", None):
            token.attrs["class"] = str(style).replace("text-align:", "align-")
