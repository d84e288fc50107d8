"""A client of Goldset's API: a skill's training data, read and brought in, from Python. It needs nothing but httpx.

    from goldset_client import Goldset

    with Goldset("https://goldset.example.com", key) as goldset:
        dataset = goldset.skill("support-reply").dataset("latest")
        for row in dataset.examples(split="train"):
            print(row.input, row.gold)

`AsyncGoldset` is the same with `await` and `async for`.
"""

from goldset_client.asynchronous import AsyncGoldset
from goldset_client.errors import GoldsetClientError, NotReachable, Refused
from goldset_client.models import ImportedRow, ImportState, Row, Version
from goldset_client.synchronous import Goldset

__all__ = [
    "AsyncGoldset",
    "Goldset",
    "GoldsetClientError",
    "ImportState",
    "ImportedRow",
    "NotReachable",
    "Refused",
    "Row",
    "Version",
]
