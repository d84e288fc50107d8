"""Parquet: Goldset's own rows as typed columns, for whatever reads tables. It needs the extra parquet (pyarrow).

The schema is declared, not guessed: a split without a single score has the column all the same.
"""

import json
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from itertools import islice
from typing import Any, BinaryIO

from app.domain.datasets import Row, canonical
from app.domain.errors import Conflict
from app.domain.formats.base import ALL_PARTS, Format, Purpose, Record
from app.domain.formats.layouts import Layout, Value
from app.domain.formats.tables import COLUMNS, row_of, value_of

ROWS_IN_GROUP = 10_000
BATCH = 32
"""Rows held at once: few, because each may be as large as the whole file."""
TOO_LARGE = "This Parquet file is too large once it is decompressed."


def is_available() -> bool:
    """Return whether pyarrow is installed."""
    return find_spec("pyarrow") is not None


def read_values(file: BinaryIO, *, most_bytes: int | None = None) -> Iterator[Value]:
    """Yield the rows of any Parquet file as JSON knows values; raise `ValueError` for what is none, or is too large."""
    pyarrow, parquet = _pyarrow()
    try:
        source = parquet.ParquetFile(file)
        groups = (source.metadata.row_group(number) for number in range(source.metadata.num_row_groups))
        if most_bytes is not None and sum(group.total_byte_size for group in groups) > most_bytes:
            raise ValueError(TOO_LARGE)
        read = 0
        for batch in source.iter_batches(batch_size=BATCH):
            read += batch.nbytes  # a text that is said once and meant often is much smaller in the file
            if most_bytes is not None and read > most_bytes:
                raise ValueError(TOO_LARGE)
            yield from batch.to_pylist()
    except (pyarrow.ArrowException, OSError) as error:
        raise ValueError("This Parquet file is broken.") from error


def _join(values: Iterable[Value], _skill: str) -> Iterator[bytes]:
    pyarrow, parquet = _pyarrow()
    text, number, truth = pyarrow.string(), pyarrow.int8(), pyarrow.bool_()
    types = {
        "quality_score": number,
        "evaluation_only": truth,
        "tags": pyarrow.list_(text),
        "turns": pyarrow.list_(pyarrow.struct([("role", text), ("content", text)])),
    }
    schema = pyarrow.schema([(name, types.get(name, text)) for name in COLUMNS])
    written = _Pieces()
    rest = iter(values)
    with parquet.ParquetWriter(pyarrow.PythonFile(written, mode="w"), schema, compression="zstd") as writer:
        while group := list(islice(rest, ROWS_IN_GROUP)):
            writer.write_table(pyarrow.Table.from_pylist(group, schema=schema))
            yield from written.take()
    yield from written.take()


def _typed_value_of(record: Record, skill: str) -> Value:
    """Return a row as columns have it: metadata, which no two rows have alike, is JSON."""
    value = value_of(record, skill)
    return {**value, "metadata": canonical(value["metadata"])} if "metadata" in value else value


def _row_of_typed(value: Value) -> Row:
    metadata = value.get("metadata")
    return row_of({**value, "metadata": json.loads(metadata) if metadata else None})


def _split(file: Any) -> Iterator[Value]:
    yield from read_values(file)


def _pyarrow() -> tuple[Any, Any]:
    if not is_available():
        raise Conflict("Parquet needs the extra parquet here: run `make parquet`, or install goldset[parquet].")
    import pyarrow
    import pyarrow.parquet

    return pyarrow, pyarrow.parquet


class _Pieces:
    """A file that is written to, and whose bytes are handed on."""

    closed = False

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._length = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._pieces.append(bytes(data))
        self._length += len(self._pieces[-1])
        return len(self._pieces[-1])

    def tell(self) -> int:
        return self._length

    def flush(self) -> None:
        """Nothing waits: every piece is there at once."""

    def close(self) -> None:
        self.closed = True

    def take(self) -> list[bytes]:
        taken, self._pieces = self._pieces, []
        return taken


PARQUET = Format(
    "parquet",
    "Parquet",
    Layout("parquet", "application/vnd.apache.parquet", _join, _split, is_text=False),
    Purpose.KEEPING,
    _typed_value_of,
    _row_of_typed,
    ALL_PARTS,
    "Typed columns, compressed with zstd.",
    "Apache Parquet",
)
