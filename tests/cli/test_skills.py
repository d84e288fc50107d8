"""`goldset skills import`: one file, one folder or many; every fault named with its file; all of it or nothing."""

import pytest

from app.cli import cli
from app.domain.errors import NotAllowed, NotFound
from app.models import Skill, SkillVersion
from app.services.skill_versions import get_current_version
from app.services.skills import get_skill_by_slug
from tests.support.factories import make_skill, skill_text
from tests.support.tables import count_rows, dump
from tests.support.threads import look_anew

pytestmark = pytest.mark.slow


@pytest.fixture
def importing(app, author):
    """Return a function that imports a path for the author."""

    def run(path, email=author.email):
        look_anew()
        return app.test_cli_runner().invoke(cli, ["skills", "import", str(path), "--author", email])

    return run


def write(folder, name, content=None):
    path = folder / name / "SKILL.md"
    path.parent.mkdir(parents=True)
    path.write_bytes(content if content is not None else skill_text(name).encode())
    return path


def content_of(slug):
    look_anew()
    return get_current_version(get_skill_by_slug(slug)).content.encode()


def test_a_folder_of_skill_folders_is_imported(importing, tmp_path, author):
    for name in ("b-skill", "a-skill"):
        write(tmp_path, name)
    (tmp_path / "notes").mkdir()
    (tmp_path / "README.md").write_text("not a skill")

    result = importing(tmp_path)

    assert (result.exit_code, result.output) == (0, "a-skill: version 1\nb-skill: version 1\n")
    assert {get_skill_by_slug(name).author_id for name in ("a-skill", "b-skill")} == {author.id}


def test_one_file_and_one_folder_are_imported(importing, tmp_path):
    file = write(tmp_path, "a-skill")
    loose = tmp_path / "anything.md"
    loose.write_text(skill_text("loose-skill"))

    results = [importing(path).output for path in (file, file.parent, loose)]

    assert results == ["a-skill: version 1\n", "a-skill: unchanged\n", "loose-skill: version 1\n"]


ODD = {
    "CRLF": b"---\r\nname: a-skill\r\ndescription: d\r\n---\r\nBody\r\n\r\n",
    "BOM": b"\xef\xbb\xbf---\nname: a-skill\ndescription: d\n---\nBody",
    "unknown keys": b"---\nname: a-skill\ndescription: d\nx-own: {a: [1, 2]} # c\nlicense: MIT\n---\n\n\n Body\t\n",
    "no end of line": b"---\nname: a-skill\ndescription: >\n  folded\n  text\n---",
    "other scripts": "---\nname: a-skill\ndescription: \u6771\u4eac \U0001f9d1\n---\n\u2028\x0c\u05e9".encode(),
    "mixed line ends": b"---\r\nname: a-skill\ndescription: d\n---\r\nA\rB\nC\r\n",
}


@pytest.mark.parametrize("content", ODD.values(), ids=ODD.keys())
def test_every_byte_of_a_file_is_kept(importing, tmp_path, content):
    write(tmp_path, "a-skill", content)

    first, second = importing(tmp_path), importing(tmp_path)

    assert (first.output, second.output) == ("a-skill: version 1\n", "a-skill: unchanged\n")
    assert content_of("a-skill") == content


def test_a_changed_file_is_a_new_version_and_unchanged_ones_stay(importing, tmp_path):
    changed = write(tmp_path, "a-skill")
    write(tmp_path, "b-skill")
    importing(tmp_path)
    changed.write_text(skill_text("a-skill", body="# Other\n"))

    assert importing(tmp_path).output == "a-skill: version 2\nb-skill: unchanged\n"
    assert count_rows(SkillVersion) == 3


def test_every_fault_of_every_file_is_named_and_nothing_is_imported(importing, tmp_path):
    write(tmp_path, "a-good-skill")
    write(tmp_path, "b-latin", "---\nname: b-latin\ndescription: é\n---\n".encode("latin-1"))
    write(tmp_path, "c-empty", b"")
    write(tmp_path, "d-two-faults", b"---\nname: D_Two\n---\n")
    write(tmp_path, "e-other-name", skill_text("another-name").encode())
    before = dump()

    result = importing(tmp_path)

    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    named = [line for line in lines if "SKILL.md: " in line]
    assert [line.removeprefix(f"{tmp_path}/").partition("/")[0] for line in named] == [
        "b-latin",
        "c-empty",
        "d-two-faults",
        "d-two-faults",
        "e-other-name",
    ]
    assert "Line 3" in named[0]
    assert "description" in named[3]
    assert lines[-1] == "Nothing was imported: 5 faults."
    assert result.stdout == ""
    assert dump() == before


def test_a_skill_of_another_author_among_them_keeps_all_of_them_out(importing, tmp_path):
    make_skill(name="b-skill")
    for name in ("a-skill", "b-skill", "c-skill"):
        write(tmp_path, name)

    result = importing(tmp_path)

    assert isinstance(result.exception, NotAllowed)
    assert "b-skill" in str(result.exception)
    assert result.stdout == ""
    assert count_rows(Skill) == 1


def test_an_unknown_author_an_empty_folder_and_a_missing_path_each_say_so(importing, tmp_path):
    for result, words in (
        (importing(tmp_path), "SKILL.md in"),
        (importing(tmp_path, email="nobody@example.com"), "nobody@example.com"),
    ):
        assert isinstance(result.exception, NotFound)
        assert words in str(result.exception)
    missing = importing(tmp_path / "missing")
    assert missing.exit_code == 2
    assert "does not exist" in missing.stderr


def test_a_folder_where_a_file_should_be_is_no_skill(importing, tmp_path):
    (tmp_path / "a-skill" / "SKILL.md").mkdir(parents=True)
    write(tmp_path, "b-skill")

    result = importing(tmp_path)

    assert not isinstance(result.exception, OSError)
