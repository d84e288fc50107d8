"""Which rows train, validate and test: decided by what a row says and a seed, so that it is the same everywhere.

Rows are placed in the order they were added. A row that stands alone goes where the hash of the seed and its content
says. A row that is like an earlier one, or of the same contributor's usage, goes where that one is; so near-duplicates
and one person's usage stay together, however long the chain. A row that is like earlier rows in different splits
belongs to none: it is held out, because wherever it went it would carry what one split knows into another.

What a version by the same plan has placed stays there in the next one: later rows never move earlier ones, also not
those that were added before and approved later.
"""

import hashlib
from collections.abc import Collection
from enum import StrEnum
from typing import NamedTuple

from app.domain.errors import Invalid

SEEDS = range(1_000_000)


class Split(StrEnum):
    """Where a row of a version is. `HELD_OUT` rows are in the version and in no split."""

    TRAIN = "train"
    VALIDATION = "validation"
    TEST = "test"
    HELD_OUT = "held_out"


SPLITS = (Split.TRAIN, Split.VALIDATION, Split.TEST)


class Plan(NamedTuple):
    """How rows are split: the seed, and how many of a hundred validate and test. The others train."""

    seed: int = 0
    validation_percent: int = 10
    test_percent: int = 10

    def place(self, content_digest: str, neighbours: Collection[Split], *, evaluation_only: bool = False) -> Split:
        """Return the split of a row with this content, given those of the earlier rows that it belongs with.

        What is for evaluation only is tested with, or held out.
        """
        wanted = set(neighbours)
        if evaluation_only:
            return Split.TEST if wanted <= {Split.TEST} else Split.HELD_OUT
        if len(wanted) > 1:
            return Split.HELD_OUT
        return next(iter(wanted)) if wanted else self._place_alone(content_digest)

    def _place_alone(self, content_digest: str) -> Split:
        digest = hashlib.sha256(f"{self.seed}\n{content_digest}".encode("ascii")).digest()
        point = int.from_bytes(digest[:8], "big") / 2**64 * 100
        if point < self.test_percent:
            return Split.TEST
        return Split.VALIDATION if point < self.test_percent + self.validation_percent else Split.TRAIN


def check_plan(plan: Plan) -> None:
    """Raise `Invalid` for a plan that cannot be followed."""
    problems = {}
    if plan.seed not in SEEDS:
        problems["seed"] = f"Give a whole number from {SEEDS[0]} to {SEEDS[-1]}."
    for name in ("validation_percent", "test_percent"):
        if not 0 <= getattr(plan, name) <= 50:
            problems[name] = "Give a whole number from 0 to 50."
    if problems:
        raise Invalid(problems)
