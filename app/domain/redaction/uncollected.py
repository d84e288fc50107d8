"""Long texts are redacted without the garbage collector looking on."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

LONG = 100_000
"""Characters from which on it is worth it: what a text of less is made into is little."""


@contextmanager
def uncollected(text: str) -> Iterator[None]:
    """Keep the collector from walking the spans of a long text over and over while they are found.

    A megabyte of nothing but secrets makes some hundred thousand tuples, none of them in a cycle, and a third of its
    time went into looking for cycles. Another thread that collects again earlier costs time and nothing else.
    """
    if len(text) < LONG or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
