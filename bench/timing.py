"""Comparing what things cost."""

import statistics
import time
from collections.abc import Callable


def medians(*actions: Callable[[], object], rounds: int = 60, warmups: int = 5) -> list[float]:
    """Return the median of each action in milliseconds, the actions taking turns so that noise meets all of them."""
    for _ in range(warmups):
        for action in actions:
            action()
    times: list[list[float]] = [[] for _ in actions]
    for _ in range(rounds):
        for action, spent in zip(actions, times, strict=True):
            begin = time.perf_counter()
            action()
            spent.append((time.perf_counter() - begin) * 1000)
    return [statistics.median(spent) for spent in times]
