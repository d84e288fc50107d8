"""Reading the YAML frontmatter of a SKILL.md: its values, and the line that each of them stands in."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import yaml

MAX_CHARACTERS = 16_384
MAX_NESTING_MARKS = 500
FIRST_LINE = 2
"""Where frontmatter begins in its file: after the line of hyphens."""


class Fault(NamedTuple):
    """What is wrong, in one sentence, and the line it is wrong in: counted from 1, None for the whole file."""

    line: int | None
    sentence: str

    def __str__(self) -> str:
        return self.sentence if self.line is None else f"Line {self.line}: {self.sentence}"


class SkillFileFaults(Exception):
    """A SKILL.md that breaks the specification. `faults` are in the order of their lines."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = sorted(faults, key=lambda fault: fault.line or 0)
        super().__init__(" ".join(map(str, self.faults)))


@dataclass(frozen=True)
class Frontmatter:
    """The values by key, and the line of each key in the file."""

    values: dict[str, object]
    lines: dict[str, int]

    def line_of(self, key: str) -> int:
        """Return the key's line, or the frontmatter's first one where the key is missing."""
        return self.lines.get(key, FIRST_LINE)


def parse_frontmatter(text: str) -> Frontmatter:
    """Return what stands between the two lines of hyphens; raise `SkillFileFaults`."""
    # Reading YAML takes time with the square of its depth, so depth is bounded by what could make it.
    marks = sum(text.count(mark) for mark in ("[", "{", "- ", "? ", ": "))
    if len(text) > MAX_CHARACTERS or marks > MAX_NESTING_MARKS:
        raise SkillFileFaults(
            Fault(FIRST_LINE, "the frontmatter is too long or too deeply nested. Move text into the body.")
        )
    try:
        return _load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        raise SkillFileFaults(Fault(FIRST_LINE + line, f"this is not YAML ({error.problem}).")) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise SkillFileFaults(Fault(FIRST_LINE, "the frontmatter is not YAML that can be read.")) from error


def _load(text: str) -> Frontmatter:
    loader = yaml.SafeLoader(text)
    try:
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            raise SkillFileFaults(
                Fault(FIRST_LINE, "write the frontmatter as `key: value` lines, with name and description.")
            )
        keys = list(_keys(node))
        if twice := [Fault(line, f"{key} stands here a second time.") for key, line in _repeated(keys)]:
            raise SkillFileFaults(*twice)
        return Frontmatter(loader.construct_document(node), dict(keys))
    finally:
        loader.dispose()


def _keys(node: yaml.MappingNode) -> Iterator[tuple[str, int]]:
    for key, _ in node.value:
        if isinstance(key, yaml.ScalarNode):
            yield key.value, FIRST_LINE + key.start_mark.line


def _repeated(keys: list[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    seen: set[str] = set()
    for key, line in keys:
        if key in seen:
            yield key, line
        seen.add(key)
