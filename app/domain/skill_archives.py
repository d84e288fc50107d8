"""Finding the SKILL.md in what somebody uploads: the file itself, or a zipped skill folder.

Goldset keeps a skill's SKILL.md and nothing else of its folder. No more is unpacked than that one file, and of that no
more than may be kept, so a small archive cannot become a large text.
"""

import io
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import NamedTuple

from app.domain.frontmatter import Fault, SkillFileFaults
from app.domain.skill_md import MAX_CHARACTERS, SkillFile, decode_skill_file, parse_skill_file

FILE_NAME = "SKILL.md"
MAX_BYTES = 4 * MAX_CHARACTERS
"""No UTF-8 character takes more than four bytes."""

_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_NOBODYS_FILES = ("__MACOSX", ".DS_Store")


class Upload(NamedTuple):
    """What was found: the SKILL.md's text, its folder's name where it lies in one, and how many files lie around it."""

    text: str
    folder: str | None = None
    other_files: int = 0

    def parse(self) -> SkillFile:
        """Return what the SKILL.md says; raise `SkillFileFaults`."""
        return parse_skill_file(self.text, folder=self.folder)


def read_upload(content: bytes) -> Upload:
    """Return the SKILL.md in the bytes of an upload; raise `SkillFileFaults` where there is none to be had."""
    if not content.startswith(_ZIP_STARTS):
        return Upload(decode_skill_file(content))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read_archive(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise SkillFileFaults(
            Fault(None, "The archive is damaged or cut off. Zip the folder again and upload that.")
        ) from error


def _read_archive(archive: zipfile.ZipFile) -> Upload:
    # The name and not `is_dir`, which fails for a file without one.
    entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
    files = [entry for entry in entries if not _is_nobodys(entry.filename)]
    entry = _skill_file_among(files)
    if entry.flag_bits & 0x1:
        raise SkillFileFaults(Fault(None, "The archive is locked with a password. Zip the folder without one."))
    if entry.compress_type not in _METHODS:
        raise SkillFileFaults(Fault(None, "The archive is packed in an unusual way. Zip the folder with Deflate."))
    with archive.open(entry) as file:
        content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise SkillFileFaults(Fault(None, f"The {FILE_NAME} is too long: up to {MAX_CHARACTERS:,} characters fit."))
    folder = PurePosixPath(entry.filename).parent.name
    return Upload(decode_skill_file(content), folder or None, len(files) - 1)


def _skill_file_among(files: list[zipfile.ZipInfo]) -> zipfile.ZipInfo:
    """Return the SKILL.md that lies least deep; that one is the skill's own."""
    found = [entry for entry in files if PurePosixPath(entry.filename).name == FILE_NAME]
    if not found:
        raise SkillFileFaults(Fault(None, f"The archive holds no {FILE_NAME}. Zip the skill's folder."))
    least = min(_depth(entry) for entry in found)
    outermost = [entry for entry in found if _depth(entry) == least]
    if len(outermost) > 1:
        raise SkillFileFaults(Fault(None, f"The archive holds {len(outermost)} skills. Upload one at a time."))
    return outermost[0]


def _depth(entry: zipfile.ZipInfo) -> int:
    return len(PurePosixPath(entry.filename).parts)


def _is_nobodys(name: str) -> bool:
    return any(part in _NOBODYS_FILES for part in PurePosixPath(name).parts)
