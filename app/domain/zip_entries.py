"""Entries of zip files that say nothing of when and where they were made: the same content is the same bytes."""

import zipfile

_BEFORE_ALL_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest moment that a zip file can name: every file in it has the same."""


def fixed_entry(path: str) -> zipfile.ZipInfo:
    """Return the entry of a compressed file that everybody may read."""
    entry = zipfile.ZipInfo(path, _BEFORE_ALL_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry
