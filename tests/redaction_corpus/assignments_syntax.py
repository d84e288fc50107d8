"""How a syntax is described in the tables of `assignments`."""

from typing import NamedTuple


class Syntax(NamedTuple):
    """A way to write keys and values.

    In a template `§K` and `§L` are drawn key names with their values `§V` and `§W`. `§P` and `§Q` are passwords, `§T`
    and `§S` machine-made values of a key the template names itself. Small letters are harmless: `§u` user, `§h` host,
    `§d` name, `§n` number, `§i` UUID, `§x` short hash. The family says how a value is escaped, `bare` what may stand
    without quotes.
    """

    kind: str
    fence: str
    styles: tuple[str, ...]
    family: str
    templates: tuple[str, ...]
    bare: str = "word"


def syntax(kind: str, fence: str, styles: str, family: str, templates: str, bare: str = "word") -> Syntax:
    """Return the syntax whose templates stand between lines of `~~~`."""
    parts = tuple(part.strip("\n") for part in templates.split("~~~\n"))
    return Syntax(kind, fence, tuple(styles.split()), family, parts, bare)
