"""Reading a SKILL.md: YAML frontmatter between two `---` lines, then a Markdown body.

The rules on `name` and `description` are those of the Agent Skills specification (agentskills.io/specification). The
text itself is never rewritten: what Goldset does not know it keeps byte for byte.
"""

import re
from dataclasses import dataclass

import yaml

from app.domain.text import problem_with_characters

NAME_MAX_CHARACTERS = 64
DESCRIPTION_MAX_CHARACTERS = 1_024
MAX_CHARACTERS = 1_000_000
FRONTMATTER_MAX_CHARACTERS = 16_384
FRONTMATTER_MAX_NESTING_MARKS = 500

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FENCE = re.compile(r"---[ \t]*")
_HEADING = re.compile(r"#[ \t]+(\S[^\n]*?)[ \t#]*\r?")


@dataclass(frozen=True)
class SkillFile:
    """One SKILL.md: `name` and `description` from its frontmatter, a title to show, and the whole `text` unchanged."""

    name: str
    description: str
    title: str
    text: str
    body: str


class SkillFileFaults(ValueError):
    """A SKILL.md that breaks the specification. `faults` has one sentence each, with its line where it has one."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


def decode_skill_file(content: bytes) -> str:
    """Return the text of a SKILL.md's bytes; raise `SkillFileFaults` when they are not UTF-8."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SkillFileFaults([f"Line {line}: this is not UTF-8 text. Save the file as UTF-8."]) from error


def parse_skill_file(text: str, *, folder: str | None = None) -> SkillFile:
    """Return what a SKILL.md says; raise `SkillFileFaults` with every fault found.

    `folder` is the name of the folder the file lies in, where there is one: the specification wants `name` to equal it.
    """
    if len(text) > MAX_CHARACTERS:
        raise SkillFileFaults([f"The file has {len(text):,} characters; up to {MAX_CHARACTERS:,} fit."])
    if problem := problem_with_characters(text, what="file"):
        raise SkillFileFaults([problem])
    frontmatter, body = _split(text)
    fields = _load(frontmatter)
    faults = [*_faults_of_name(fields.get("name"), folder), *_faults_of_description(fields.get("description"))]
    if faults:
        raise SkillFileFaults(faults)
    name = str(fields["name"])
    return SkillFile(name, str(fields["description"]).strip(), find_title(body) or _titled(name), text, body)


def body_of(text: str, *, title: str) -> str:
    """Return the Markdown body of a SKILL.md that was parsed before, without the heading that is shown as its title."""
    try:
        body = _split(text)[1]
    except SkillFileFaults:  # a secret that began in the frontmatter and ended in the body took the line between along
        return text
    first, _, rest = body.lstrip().partition("\n")
    heading = _HEADING.fullmatch(first)
    return rest if heading and heading[1] == title else body


def find_title(body: str) -> str | None:
    """Return the text of the first level-one heading outside fenced code, or None."""
    fenced = False
    for line in body.split("\n"):
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        elif not fenced and (heading := _HEADING.fullmatch(line)):
            return heading[1]
    return None


def _split(text: str) -> tuple[str, str]:
    lines = text.removeprefix("\ufeff").split("\n")
    if not _FENCE.fullmatch(lines[0].rstrip("\r")):
        raise SkillFileFaults(["Line 1: start the file with a line of three hyphens (---) and the frontmatter."])
    for number, line in enumerate(lines[1:], start=1):
        if _FENCE.fullmatch(line.rstrip("\r")):
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :])
    raise SkillFileFaults(["Line 1: the frontmatter has no end. Close it with a line of three hyphens (---)."])


def _load(frontmatter: str) -> dict[str, object]:
    # Reading YAML takes time with the square of its depth, so depth is bounded by what could make it.
    marks = sum(frontmatter.count(mark) for mark in ("[", "{", "- ", "? ", ": "))
    if len(frontmatter) > FRONTMATTER_MAX_CHARACTERS or marks > FRONTMATTER_MAX_NESTING_MARKS:
        raise SkillFileFaults(["Line 2: the frontmatter is too long or too deeply nested. Move text into the body."])
    try:
        loaded = yaml.safe_load(frontmatter)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 2
        raise SkillFileFaults([f"Line {line}: the frontmatter is not YAML ({error.problem})."]) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise SkillFileFaults(["The frontmatter is not YAML that can be read."]) from error
    if not isinstance(loaded, dict):
        raise SkillFileFaults(["Line 2: write the frontmatter as `key: value` lines, with name and description."])
    return loaded


def _faults_of_name(name: object, folder: str | None) -> list[str]:
    if not isinstance(name, str) or not name:
        return ["name: give the skill a name in the frontmatter, as text."]
    faults = []
    if len(name) > NAME_MAX_CHARACTERS:
        faults.append(f"name: use at most {NAME_MAX_CHARACTERS} characters, not {len(name):,}.")
    if not _NAME.fullmatch(name):
        faults.append(
            "name: use lowercase letters a-z, digits and single hyphens, with no hyphen at either end "
            f"(it is {name[:NAME_MAX_CHARACTERS]!r})."
        )
    elif folder is not None and name != folder:
        faults.append(f"name: it must equal the folder's name ({name!r} lies in {folder!r}).")
    return faults


def _faults_of_description(description: object) -> list[str]:
    if not isinstance(description, str) or not description.strip():
        return ["description: say in the frontmatter what the skill does and when to use it."]
    length = len(description.strip())
    if length > DESCRIPTION_MAX_CHARACTERS:
        return [f"description: use at most {DESCRIPTION_MAX_CHARACTERS:,} characters, not {length:,}."]
    return []


def _titled(name: str) -> str:
    return name.replace("-", " ").capitalize()
