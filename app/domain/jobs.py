"""What long work is: its states and lifecycle, and how often it is tried."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from app.domain.errors import Conflict

LEASE = timedelta(seconds=60)
"""How long a worker keeps a job without a word. Every chunk of its work renews it; after this, another takes over."""

MOST_TRIES = 5
"""How often a job is begun or taken over before it counts as failed."""


class Kind(StrEnum):
    """The kinds of work there are. `app/jobs` says who does each."""

    FREEZE = "freeze"
    CHECK_IMPORT = "check_import"
    ADD_IMPORT = "add_import"
    CHANGE = "change"
    UNDO_CHANGE = "undo_change"


class State(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


TRANSITIONS: Mapping[State, frozenset[State]] = {
    State.QUEUED: frozenset({State.RUNNING, State.CANCELLED}),
    State.RUNNING: frozenset({State.RUNNING, State.DONE, State.FAILED, State.CANCELLED}),
    State.DONE: frozenset(),
    State.FAILED: frozenset(),
    State.CANCELLED: frozenset(),
}
UNFINISHED = (State.QUEUED, State.RUNNING)


def check_transition(current: State, wanted: State) -> None:
    """Raise `Conflict` unless a job that is `current` may become `wanted`."""
    if wanted not in TRANSITIONS[current]:
        raise Conflict(f"This job is {current}: it cannot become {wanted}.")
