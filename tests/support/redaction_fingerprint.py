"""The fingerprint of everything that decides what redaction finds: the source of its package.

Comments, docstrings and blank lines do not count. The source is cut by positions, not taken apart and printed again, so
that every Python comes to the same result. `python -m tests.support.redaction_fingerprint` writes the file anew.
"""

import ast
import hashlib
import io
import tokenize
from pathlib import Path

from app.domain import redaction
from app.domain.redaction import RULES_VERSION

PACKAGE = Path(redaction.__file__).parent
FILE = Path(__file__).with_suffix(".txt")


def fingerprint(package: Path = PACKAGE) -> str:
    """Return "<RULES_VERSION> <sha256>": what the file should hold."""
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*.py")):
        if path != package / "version.py":
            code = code_of(path.read_text(encoding="utf-8"))
            digest.update(f"{path.relative_to(package).as_posix()}\n{code}\n".encode())
    return f"{RULES_VERSION} {digest.hexdigest()}"


def code_of(source: str) -> str:
    """Return the source without its comments, docstrings and blank lines."""
    lines = [line.encode() for line in source.split("\n")]
    for first, start, last, end in sorted([*_docstrings(source), *_comments(source)], reverse=True):
        lines[first : last + 1] = [lines[first][:start] + lines[last][end:]]
    return "\n".join(line.decode().rstrip() for line in lines if line.strip())


def _docstrings(source: str) -> list[tuple[int, int, int, int]]:
    """Find every string that is a statement of its own: lines from 0, columns in bytes, as `ast` counts them."""
    return [
        (node.lineno - 1, node.col_offset, node.end_lineno - 1, node.end_col_offset)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    ]


def _comments(source: str) -> list[tuple[int, int, int, int]]:
    found = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            row, column = token.start[0] - 1, len(token.line[: token.start[1]].encode())
            found.append((row, column, row, column + len(token.string.encode())))
    return found


if __name__ == "__main__":
    FILE.write_text(fingerprint() + "\n", encoding="utf-8")
    print(f"{FILE}: {fingerprint()}")
