"""Taking rows that must go out of a file that was exported before, in any of the formats.

A row is known by the key of its value in that format (`Format.key_of`), so nothing of what it says is needed to find
it, and a file that holds no ids can be purged as well.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

from app.domain.formats import FORMATS, Format
from app.domain.formats.layouts import Value
from app.domain.training_examples import Source

FORMAT_OF_MANIFEST = 1


@dataclass
class Purge:
    """What to take out of files of one skill, and how many rows were seen and taken out so far."""

    skill: str
    keys: Mapping[str, frozenset[str]]
    """For each format, the keys of the rows that must go."""
    kept: int = 0
    removed: int = 0
    captured: int = 0
    """Of those that are kept, how many were captured, as far as the values say where they come from."""
    tells_captured: bool = True

    def purge(self, file: IO[bytes], chosen: Format) -> Iterator[bytes]:
        """Yield the file again, without the rows that must go; `ValueError` where it is no file of this format."""
        yield from chosen.join(self._stay(chosen.split(file), chosen), self.skill)

    def _stay(self, values: Iterable[Value], chosen: Format) -> Iterator[Value]:
        for value in values:
            if chosen.key_of(value) in self.keys.get(chosen.name, ()):
                self.removed += 1
            else:
                self.kept += 1
                self.captured += value.get("source") == Source.USAGE_CAPTURE
                self.tells_captured &= "source" in value
                yield value


def read_manifest(manifest: Any) -> Purge:
    """Return what an erasure manifest asks for; raise `ValueError` for what is none."""
    try:
        if manifest["goldset_erasure_manifest"] != FORMAT_OF_MANIFEST:
            raise ValueError("This erasure manifest is of a newer Goldset than this one.")
        rows = [row["keys"] for row in manifest["rows"]]
        keys = {name: frozenset(row[name] for row in rows if name in row) for name in FORMATS}
        return Purge(str(manifest["skill"]), keys)
    except (KeyError, TypeError) as error:
        raise ValueError("This is no erasure manifest: `goldset erasures SKILL` prints one.") from error


def formats_of(extension: str) -> list[Format]:
    """Return the formats whose files end in this extension, with or without a dot."""
    return [one for one in FORMATS.values() if one.layout.extension == extension.lstrip(".").lower()]
