"""The client that lets others go on: the same as the one that waits, with `await` and `async for`."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from os import PathLike
from pathlib import Path
from typing import Any

import httpx

from goldset_client import calls
from goldset_client.calls import TRIES, Call, Operation, Pause, Progress, Result, say_nothing
from goldset_client.downloads import Draft
from goldset_client.errors import NotReachable, Refused
from goldset_client.models import ImportedRow, ImportState, Row, Version
from goldset_client.streams import RowStream


class AsyncGoldset:
    """A Goldset server, and the key to it. Use it as an async context, or `close` it."""

    def __init__(self, url: str, key: str, *, timeout: float = 60.0, transport: httpx.AsyncBaseTransport | None = None):
        headers = calls.headers_for(key)
        with calls.expecting_address(url):
            self._http = httpx.AsyncClient(base_url=url, headers=headers, timeout=timeout, transport=transport)

    def skill(self, slug: str) -> "AsyncSkill":
        """Return the skill with this name; nothing is asked yet."""
        return AsyncSkill(self, slug)

    async def close(self) -> None:
        await self._http.aclose()

    async def __aenter__(self) -> "AsyncGoldset":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def run(self, operation: Operation[Result]) -> Result:
        """Do an operation, call by call."""
        try:
            step = next(operation)
            while True:
                if isinstance(step, Pause):
                    await asyncio.sleep(step.seconds)
                    step = operation.send(None)
                else:
                    async with self.send(step) as response:
                        with calls.expecting_goldset():
                            answer = response.json()
                    with calls.expecting_goldset():
                        step = operation.send(answer)
        except StopIteration as ended:
            result: Result = ended.value
            return result

    @asynccontextmanager
    async def send(self, call: Call, *, streamed: bool = False) -> AsyncIterator[httpx.Response]:
        """Send a call, again where that may help, and give the good answer; raise `Refused` or `NotReachable`."""
        response = await self._answer(call, streamed=streamed)
        try:
            yield response
        finally:
            await response.aclose()

    async def _answer(self, call: Call, *, streamed: bool) -> httpx.Response:
        for attempt in range(TRIES):
            request = self._http.build_request(
                call.method, call.path, params=dict(call.params), content=call.content, headers=dict(call.headers)
            )
            try:
                response = await self._http.send(request, stream=streamed)
            except httpx.TransportError as error:
                if attempt == TRIES - 1 or not calls.should_retry(call, None):
                    raise NotReachable(f"{self._http.base_url} does not answer: {error}") from error
                await asyncio.sleep(calls.wait_before(attempt, None))
                continue
            if attempt < TRIES - 1 and calls.should_retry(call, response):
                await response.aclose()
                await asyncio.sleep(calls.wait_before(attempt, response))
                continue
            if response.status_code >= 400:
                await response.aread()
                calls.check(response)
            return response
        raise AssertionError("the last attempt returns or raises")


class AsyncSkill:
    """A skill's training data."""

    def __init__(self, goldset: AsyncGoldset, slug: str) -> None:
        self._goldset, self.slug = goldset, slug

    async def versions(self) -> list[Version]:
        """Return the versions, newest first."""
        return await self._goldset.run(calls.list_versions(self.slug))

    def dataset(self, version: int | str = "latest") -> "AsyncDataset":
        """Return one version; nothing is asked yet."""
        return AsyncDataset(self._goldset, self.slug, version)

    async def erasures(self) -> dict[str, Any]:
        """Return the erasure manifest: what has to go from files that were exported."""
        return await self._goldset.run(calls.get_erasures(self.slug))

    async def push(
        self,
        content: bytes,
        *,
        dry_run: bool = False,
        near_duplicates: bool = False,
        progress: Progress = say_nothing,
        **how: str,
    ) -> tuple[ImportState, list[ImportedRow]]:
        """Import a file's bytes as golden examples, and return how it ended and the rows that are not new."""
        operation = calls.push(
            self.slug,
            content,
            params=how,
            dry_run=dry_run,
            near_duplicates=near_duplicates,
            progress=progress,
        )
        return await self._goldset.run(operation)

    async def discard_imports(self) -> int:
        """Forget the imports that a killed program has left unfinished, and return how many there were."""
        return await self._goldset.run(calls.discard_imports(self.slug))


class AsyncDataset:
    """One version of a skill's training data."""

    def __init__(self, goldset: AsyncGoldset, slug: str, version: int | str) -> None:
        self._goldset, self._slug, self._version = goldset, slug, version

    async def about(self) -> Version:
        """Return what it is and what it is known by."""
        return await self._goldset.run(calls.get_version(self._slug, self._version))

    async def examples(self, *, split: str | None = None) -> AsyncIterator[Row]:
        """Yield its rows while they come, in flat memory. Where the connection breaks, it goes on from there."""
        stream = RowStream(self._call("jsonl", split))
        while True:
            try:
                async with self._goldset.send(stream.ask(), streamed=True) as response:
                    stream.begin(response)
                    async for piece in response.aiter_bytes():
                        for row in stream.take(piece):
                            yield row
                return
            except (Refused, httpx.TransportError) as error:
                pause = stream.wait_after(error)
                if pause is None:
                    return
                await asyncio.sleep(pause)

    async def download(
        self,
        path: str | PathLike[str],
        *,
        format: str = "jsonl",
        split: str | None = None,
        progress: Progress = say_nothing,
    ) -> Path:
        """Write it to a file in a format of choice, as the client that waits does."""
        target, done = Path(path), 0
        with Draft(target) as draft:
            for attempt in range(TRIES):
                call = draft.ask(self._call(format, split))
                try:
                    async with self._goldset.send(call, streamed=True) as response:
                        with draft.open(response) as file:
                            async for piece in response.aiter_bytes():
                                file.write(piece)
                                done += piece.count(b"\n")
                                progress(done, done)
                    break
                except (Refused, httpx.TransportError) as error:
                    pause = draft.wait_after(error, attempt)
                    if pause is None:
                        break
                    await asyncio.sleep(pause)
            draft.finish()
        return target

    def _call(self, format: str, split: str | None) -> Call:
        params = {"format": format, **({"split": split} if split else {})}
        return Call("GET", f"/api/v1/skills/{self._slug}/datasets/{self._version}/examples", params)
