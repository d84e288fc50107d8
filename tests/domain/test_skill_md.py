"""Reading SKILL.md: what the specification allows is read, what it forbids is named, and not a byte is changed."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.frontmatter import SkillFileFaults
from app.domain.skill_md import RESERVED_NAMES, body_of, decode_skill_file, find_title, parse_skill_file


def parse(frontmatter, body="Body\n", folder=None):
    return parse_skill_file(f"---\n{frontmatter}\n---\n{body}", folder=folder)


def faults_of(text, folder=None):
    with pytest.raises(SkillFileFaults) as refused:
        parse_skill_file(text, folder=folder)
    return [str(fault) for fault in refused.value.faults]


def test_name_description_title_and_body_are_read_and_the_text_stays():
    text = "---\nname: a-skill\ndescription: '  Does it. '\nlicense: MIT\n---\n\n# The title #\n---\nrest\n"

    file = parse_skill_file(text, folder="a-skill")

    assert (file.name, file.description, file.title) == ("a-skill", "Does it.", "The title")
    assert file.text == text
    assert file.body == body_of(text, title="Another") == "\n# The title #\n---\nrest\n"
    assert body_of(text, title="The title") == "---\nrest\n"


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("fence", ["---", "--- ", "---\t"])
def test_line_ends_a_bom_and_spaces_after_the_hyphens_are_allowed(newline, start, fence):
    text = start + newline.join([fence, "name: a-skill", "description: d", fence, "# Title", ""])

    file = parse_skill_file(text)

    assert (file.name, file.description, file.title, file.text) == ("a-skill", "d", "Title", text)


@pytest.mark.parametrize("name", ["a", "a1", "a-b-c", "9-lives", "x" * 64])
def test_a_good_name_is_accepted(name):
    assert parse(f"name: '{name}'\ndescription: d").name == name


@pytest.mark.parametrize(
    "name", ["A-skill", "a_skill", "-a", "a-", "a--b", "a skill", "é", "x" * 65, "''", "12", "[a]", "~", "a/b", "a.b"]
)
def test_a_bad_name_is_one_fault(name):
    faults = faults_of(f"---\nname: {name}\ndescription: d\n---\n")

    assert len(faults) == 1
    assert faults[0].startswith("Line 2: ")
    assert "name" in faults[0]


def test_the_name_must_be_the_folders():
    assert parse("name: a-skill\ndescription: d", folder="a-skill").name == "a-skill"
    assert "'b-skill'" in faults_of("---\nname: a-skill\ndescription: d\n---\n", folder="b-skill")[0]


@pytest.mark.parametrize("description", ["''", "'  '", "~", "3", "[a]", "x" * 1_025])
def test_a_bad_description_is_one_fault(description):
    faults = faults_of(f"---\nname: a-skill\ndescription: {description}\n---\n")

    assert len(faults) == 1
    assert faults[0].startswith("Line 3: ")
    assert "description" in faults[0]


def test_a_description_of_exactly_the_limit_is_accepted():
    assert len(parse(f"name: a-skill\ndescription: {'x' * 1_024}").description) == 1_024


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Line 1"),
        ("# No frontmatter", "Line 1"),
        ("\n---\nname: a\ndescription: d\n---\n", "Line 1"),
        ("---\nname: a-skill\ndescription: d\n", "no end"),
        ("----\nname: a\n----\n", "Line 1"),
        ("---\nname: a-skill\ndescription: [\n---\n", "not YAML"),
        ("---\nname: a: b\n---\n", "Line 2"),
        ("---\n- a\n---\n", "key: value"),
        ("---\n---\n", "key: value"),
        ("---\nname: !!python/object/apply:os.getcwd []\n---\n", "YAML"),
        ("---\nname: &a [*a]\ndescription: d\n---\n", "name"),
        ("---\nname: a-skill\ndescription: a\x00b\n---\n", "NUL"),
        ("---\nname: a-skill\ndescription: a\x01b\n---\n", "YAML"),
        ("---\nname: a\ndescription: \ud800\n---\n", "half of a character pair"),
        ("---\ndate: 2026-99-99\n---\n", "YAML"),
        ("---\n" + "[" * 5_000 + "\n---\n", "deeply nested"),
        ("---\nname: a\ndescription: d\n---\n" + "x" * 100_000, "100,000"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(text, words):
    assert words in " ".join(faults_of(text))


def test_every_fault_is_named_at_once_in_the_order_of_the_lines():
    assert [fault.split()[1] for fault in faults_of("---\nlicense: MIT\nname: No\n---\n")] == ["2:", "3:"]
    assert [fault.split()[1] for fault in faults_of(f"---\ndescription: {'x' * 2_000}\nname: No\n---\n")] == [
        "2:",
        "3:",
    ]


def test_a_key_that_stands_twice_is_a_fault_beside_the_second():
    faults = faults_of("---\nname: a-skill\ndescription: d\nlicense: MIT\nname: b-skill\nlicense: MIT\n---\n")

    assert faults == ["Line 5: name stands here a second time.", "Line 6: license stands here a second time."]


@pytest.mark.parametrize("name", sorted(RESERVED_NAMES))
def test_a_name_that_is_an_address_of_our_own_is_refused(name):
    assert "Choose another one" in faults_of(f"---\nname: {name}\ndescription: d\n---\n")[0]


def test_a_new_version_keeps_the_name():
    text = "---\nname: a-skill\ndescription: d\n---\n"

    assert parse_skill_file(text, name="a-skill").name == "a-skill"
    with pytest.raises(SkillFileFaults, match="Line 2: the name must stay 'b-skill'"):
        parse_skill_file(text, name="b-skill")


def test_bytes_that_are_not_utf_8_are_named_with_their_line():
    with pytest.raises(SkillFileFaults, match="Line 3"):
        decode_skill_file(b"---\nname: a\ndescription: \xe9\n---\n")
    assert decode_skill_file(b"\xef\xbb\xbf---\r\n") == "\ufeff---\r\n"


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("# One\n# Two\n", "One"),
        ("\n\ntext\n# Later\n", "Later"),
        ("## Second level\n", None),
        ("#no space\n", None),
        ("```\n# In code\n```\n# Outside\n", "Outside"),
        ("~~~\n# In code\n~~~\n", None),
        ("# With hashes ##\r\n", "With hashes"),
        ("#   \n", None),
        ("# " + "x" * 300, "x" * 300),
        ("", None),
    ],
)
def test_the_title_is_the_first_heading_outside_code(body, title):
    assert find_title(body) == title


def test_without_a_heading_the_name_is_the_title():
    assert parse("name: a-long-name\ndescription: d").title == "A long name"


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=200))
def test_any_body_is_kept_as_it_is(body):
    file = parse("name: a-skill\ndescription: d", body=body)

    assert file.body == body
    assert file.text.endswith(body)


@given(st.text(max_size=80))
def test_any_text_is_read_as_it_is_or_refused_by_name(text):
    for whole in (text, f"---\n{text}\n---\n"):
        with suppress(SkillFileFaults):
            assert parse_skill_file(whole).text == whole


@pytest.mark.parametrize("deep", ["[" * 5_000, "{" * 5_000, "- " * 5_000, "a: " * 2_000, "x: " + "y" * 20_000])
def test_frontmatter_that_would_take_long_to_read_is_refused_at_once(deep):
    with pytest.raises(SkillFileFaults, match="too long or too deeply nested"):
        parse_skill_file(f"---\n{deep}\n---\n")
