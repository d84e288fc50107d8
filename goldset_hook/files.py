"""Files that only their user can read, and that are either whole or not there."""

import os
from pathlib import Path


def make_private(folder: Path) -> Path:
    """Make the folder, for this user alone, where it is missing; one that is there keeps its permissions."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def write_privately(path: Path, text: str, *, mode: int = 0o600) -> None:
    """Write the file in one step, so that nobody ever reads half of it."""
    make_private(path.parent)
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        draft.chmod(mode)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
