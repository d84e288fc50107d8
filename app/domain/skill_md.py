"""Reading a SKILL.md: YAML frontmatter between two `---` lines, then a Markdown body.

The rules on `name` and `description` are those of the Agent Skills specification (agentskills.io/specification). The
text itself is never rewritten: what Goldset does not know it keeps byte for byte.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.frontmatter import Fault, Frontmatter, SkillFileFaults, parse_frontmatter
from app.domain.text import problem_with_characters

NAME_MAX_CHARACTERS = 64
DESCRIPTION_MAX_CHARACTERS = 1_024
MAX_CHARACTERS = 100_000
RESERVED_NAMES = frozenset({"new", "preview"})
"""What stands beside the skills' own names in addresses: a skill of such a name could not be reached."""

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


def decode_skill_file(content: bytes) -> str:
    """Return the text of a SKILL.md's bytes; raise `SkillFileFaults` when they are not UTF-8."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SkillFileFaults(Fault(line, "this is not UTF-8 text. Save the file as UTF-8.")) from error


def parse_skill_file(text: str, *, folder: str | None = None, name: str | None = None) -> SkillFile:
    """Return what a SKILL.md says; raise `SkillFileFaults` with every fault found.

    `folder` is the name of the folder the file lies in, where there is one: the specification wants `name` to equal it.
    `name` is the name of the skill that this text is a new version of.
    """
    if len(text) > MAX_CHARACTERS:
        raise SkillFileFaults(Fault(None, f"The file has {len(text):,} characters; up to {MAX_CHARACTERS:,} fit."))
    if problem := problem_with_characters(text, what="file"):
        raise SkillFileFaults(Fault(None, problem))
    between, body = _split(text)
    frontmatter = parse_frontmatter(between)
    if faults := [*_faults_of_name(frontmatter, folder, name), *_faults_of_description(frontmatter)]:
        raise SkillFileFaults(*faults)
    slug, description = str(frontmatter.values["name"]), str(frontmatter.values["description"])
    return SkillFile(slug, description.strip(), find_title(body) or _titled(slug), text, body)


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
        raise SkillFileFaults(Fault(1, "start the file with a line of three hyphens (---) and the frontmatter."))
    for number, line in enumerate(lines[1:], start=1):
        if _FENCE.fullmatch(line.rstrip("\r")):
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :])
    raise SkillFileFaults(Fault(1, "the frontmatter has no end. Close it with a line of three hyphens (---)."))


def _faults_of_name(frontmatter: Frontmatter, folder: str | None, present_name: str | None) -> Iterator[Fault]:
    name, line = frontmatter.values.get("name"), frontmatter.line_of("name")
    if not isinstance(name, str) or not name:
        yield Fault(line, "give the skill a name in the frontmatter, as text (name: a-name).")
        return
    if len(name) > NAME_MAX_CHARACTERS:
        yield Fault(line, f"the name has {len(name):,} characters; use at most {NAME_MAX_CHARACTERS}.")
    if present_name is not None and name != present_name:
        yield Fault(line, f"the name must stay {present_name!r}, the skill's own (it is {_shown(name)}).")
    elif not _NAME.fullmatch(name):
        yield Fault(
            line,
            "use lowercase letters a-z, digits and single hyphens in the name, with no hyphen at either end "
            f"(it is {_shown(name)}).",
        )
    elif name in RESERVED_NAMES:
        yield Fault(line, f"the name {name!r} is taken by an address of Goldset's own. Choose another one.")
    elif folder is not None and name != folder:
        yield Fault(line, f"the name must equal the folder's name ({name!r} lies in {_shown(folder)}).")


def _faults_of_description(frontmatter: Frontmatter) -> Iterator[Fault]:
    description, line = frontmatter.values.get("description"), frontmatter.line_of("description")
    if not isinstance(description, str) or not description.strip():
        yield Fault(line, "say in a description what the skill does and when to use it (description: Does ...).")
    elif (length := len(description.strip())) > DESCRIPTION_MAX_CHARACTERS:
        yield Fault(line, f"the description has {length:,} characters; use at most {DESCRIPTION_MAX_CHARACTERS:,}.")


def _shown(name: str) -> str:
    return repr(name[:NAME_MAX_CHARACTERS])


def _titled(name: str) -> str:
    return name.replace("-", " ").capitalize()
