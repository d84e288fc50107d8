"""What somebody uploads: a SKILL.md, a zipped folder, or something that is neither."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.frontmatter import SkillFileFaults
from app.domain.skill_archives import MAX_BYTES, read_upload

TEXT = "---\nname: a-skill\ndescription: d\n---\n# A skill\n"


def zipped(files, *, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def refusal_of(content):
    with pytest.raises(SkillFileFaults) as refused:
        read_upload(content)
    return str(refused.value)


def test_a_file_by_itself_is_read_byte_for_byte():
    content = b"\xef\xbb\xbf---\r\nname: a-skill\r\ndescription: d\r\n---\r\n"

    upload = read_upload(content)

    assert (upload.text.encode(), upload.folder, upload.other_files) == (content, None, 0)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_zipped_folder_gives_its_file_its_name_and_how_much_lies_around_it(method):
    content = zipped(
        {"a-skill/": "", "a-skill/SKILL.md": TEXT, "a-skill/scripts/run.py": "x", "a-skill/evals/evals.json": "{}"},
        method=method,
    )

    upload = read_upload(content)

    assert (upload.text, upload.folder, upload.other_files) == (TEXT, "a-skill", 2)
    assert upload.parse().name == "a-skill"


def test_a_file_zipped_without_its_folder_may_have_any_name():
    assert read_upload(zipped({"SKILL.md": TEXT})) == (TEXT, None, 0)


def test_what_a_computer_adds_to_archives_is_not_looked_at():
    upload = read_upload(zipped({"__MACOSX/a-skill/SKILL.md": "x", "a-skill/SKILL.md": TEXT, "a-skill/.DS_Store": "x"}))

    assert (upload.folder, upload.other_files) == ("a-skill", 0)


def test_the_folders_name_must_be_the_skills():
    with pytest.raises(SkillFileFaults, match="Line 2: the name must equal the folder's name"):
        read_upload(zipped({"b-skill/SKILL.md": TEXT})).parse()


def test_the_outermost_file_is_the_skills_own():
    files = {"a-skill/examples/SKILL.md": "an example", "a-skill/SKILL.md": TEXT}

    assert read_upload(zipped(files)).text == TEXT


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (zipped({}), "holds no SKILL.md"),
        (zipped({"a-skill/readme.md": TEXT}), "holds no SKILL.md"),
        (zipped({"a/SKILL.md": TEXT, "b/SKILL.md": TEXT}), "holds 2 skills"),
        (zipped({"SKILL.md": TEXT}, method=zipfile.ZIP_LZMA), "unusual way"),
        (zipped({"SKILL.md": TEXT}, method=zipfile.ZIP_BZIP2), "unusual way"),
        (zipped({"SKILL.md": b"a" * (MAX_BYTES + 1)}), "too long"),
        (zipped({"SKILL.md": b"---\nname: \xe9\n---\n"}), "Line 2: this is not UTF-8"),
        (zipped({"SKILL.md": TEXT})[:60], "damaged or cut off"),
        (b"PK\x03\x04", "damaged or cut off"),
        (b"\x89PNG\r\n\x1a\n\xff", "Line 1: this is not UTF-8"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_used_says_why(content, words):
    assert words in refusal_of(content)


def test_a_damaged_file_in_an_archive_is_said_to_be_damaged():
    content = bytearray(zipped({"SKILL.md": TEXT * 20}))
    content[60] ^= 0xFF

    assert "damaged" in refusal_of(bytes(content))


def test_an_archive_with_a_password_is_refused():
    content = bytearray(zipped({"SKILL.md": TEXT}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 0x1

    assert "locked with a password" in refusal_of(bytes(content))


def test_a_file_without_a_name_is_not_looked_at():
    content = zipped({"SKILL.md": TEXT, "@": "words"})
    assert content.count(b"@") == 2

    assert read_upload(content.replace(b"@", b"\0")).text == TEXT


@given(st.binary(max_size=300), st.integers(0, 150))
def test_no_bytes_do_worse_than_a_fault(noise, at):
    good = zipped({"a-skill/SKILL.md": TEXT})
    for content in (noise, b"PK\x03\x04" + noise, good[:at] + noise + good[at + len(noise) :]):
        with suppress(SkillFileFaults):
            read_upload(content)
