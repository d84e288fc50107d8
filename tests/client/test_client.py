"""The Python client, against a real server."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from app.domain.datasets import Row as StoredRow
from app.domain.datasets import hash_of_rows as stored_hash_of_rows
from app.domain.formats import FORMATS
from goldset_client import AsyncGoldset, Goldset, GoldsetClientError, NotReachable, Refused, calls
from goldset_client.calls import TRIES
from goldset_client.downloads import Draft
from goldset_client.models import Row, hash_of_rows
from tests.client.conftest import SKILL
from tests.support.threads import run_async

pytestmark = pytest.mark.slow


def lines(*values):
    return "".join(json.dumps(value) + "\n" for value in values).encode()


@pytest.fixture
def goldset(served):
    with Goldset(served.server.url, served.key) as client:
        yield client


def test_the_rows_of_a_version_come_one_by_one(goldset):
    dataset = goldset.skill(SKILL).dataset("latest")

    about = dataset.about()
    rows = list(dataset.examples())

    assert (len(rows), about.note) == (about.rows, "The first")
    assert all(row.is_genuine for row in rows)
    assert hash_of_rows(row.hash for row in rows) == about.content_hash
    assert sum(len(list(dataset.examples(split=split))) for split in about.splits) == about.rows


def test_the_versions_are_listed(goldset):
    assert [one.version for one in goldset.skill(SKILL).versions()] == [1]


def test_a_version_is_downloaded_whole_or_not_at_all(goldset, tmp_path):
    path = goldset.skill(SKILL).dataset(1).download(tmp_path / "rows.csv", format="csv")

    assert path.read_text().startswith('"input","output"')
    with pytest.raises(Refused, match="format named"):
        goldset.skill(SKILL).dataset(1).download(tmp_path / "other.csv", format="none")
    assert [one.name for one in tmp_path.iterdir()] == ["rows.csv"]


def test_what_is_refused_says_why(goldset, served):
    with pytest.raises(Refused, match="There is no skill named 'none'") as caught:
        goldset.skill("none").versions()
    assert caught.value.status == 404
    with Goldset(served.server.url, "goldset_wrong") as stranger, pytest.raises(Refused, match="unknown, revoked"):
        stranger.skill(SKILL).versions()


def test_a_file_is_pushed_and_again_adds_nothing(goldset):
    skill, seen = goldset.skill("sql-query-reviewer"), []
    with pytest.raises(Refused, match="author"):
        skill.push(lines({"input": "a", "output": "b"}))
    skill = goldset.skill(SKILL)
    content = lines({"input": "Pushed one", "output": "1"}, {"input": "", "output": "2"})

    dry, _ = skill.push(content, dry_run=True)
    ended, wrong = skill.push(content, progress=lambda done, total: seen.append((done, total)))
    again, _ = skill.push(content)

    assert (dry.verdicts["new"], dry.verdicts["added"]) == (1, 0)
    assert (ended.verdicts["added"], [row.reason for row in wrong]) == (1, ["Write the input: it is empty."])
    assert seen[-1] == (1, 2) or seen[-1][0] >= 1
    assert (again.verdicts["duplicate"], again.verdicts["added"]) == (1, 0)


def test_the_async_client_does_the_same(served):
    async def story():
        async with AsyncGoldset(served.server.url, served.key) as goldset:
            skill = goldset.skill(SKILL)
            about = await skill.dataset("latest").about()
            rows = [row async for row in skill.dataset("latest").examples()]
            ended, _ = await skill.push(lines({"input": "Pushed by the async one", "output": "1"}))
            versions = await skill.versions()
            erasures = await skill.erasures()
            with pytest.raises(Refused):
                await skill.dataset(99).about()
            return about, rows, ended, versions, erasures

    about, rows, ended, versions, erasures = run_async(story())

    assert hash_of_rows(row.hash for row in rows) == about.content_hash
    assert (ended.verdicts["added"], len(versions), erasures["rows"]) == (1, 1, [])


def test_the_clients_hashes_are_goldsets():
    row = StoredRow("in", "out", "better", 3, "usage_capture", True)
    fields = {name: getattr(row, name) for name in StoredRow.__slots__}

    assert Row(**fields, hash=row.hash).is_genuine
    assert not Row(**{**fields, "output": "other"}, hash=row.hash).is_genuine
    assert hash_of_rows([row.hash, "0" * 64]) == stored_hash_of_rows([row.hash, "0" * 64])


class Moody(BaseHTTPRequestHandler):
    """Answers with what its server's list says next."""

    def do_GET(self):
        self.server.asked.append(self.path)
        status, headers, body = self.server.answers.pop(0)
        if status is None:
            self.connection.close()
            return
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *_):
        pass


@pytest.fixture
def moody():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Moody)
    server.asked, server.answers = [], []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def client_of(server):
    return Goldset(f"http://127.0.0.1:{server.server_port}", "goldset_key")


GOOD = (200, {}, b'{"versions": []}')


@pytest.mark.parametrize(
    "answers",
    [
        [(503, {"Retry-After": "0"}, b"")] * 2,
        [(429, {"Retry-After": "0"}, b"")] * 4,
        [(None, {}, b"")],
    ],
    ids=["unavailable", "too many", "hung up"],
)
def test_what_may_be_asked_twice_is_asked_again(moody, answers, monkeypatch):
    monkeypatch.setattr(calls, "wait_before", lambda *_: 0.0)
    moody.answers = [*answers, GOOD]

    with client_of(moody) as goldset:
        assert goldset.skill("s").versions() == []

    assert len(moody.asked) == len(answers) + 1


def test_a_push_whose_answer_never_came_is_not_sent_twice(moody):
    moody.answers = [(None, {}, b"")]

    with client_of(moody) as goldset, pytest.raises(NotReachable, match="does not answer"):
        goldset.skill("s").push(b"x")

    assert len(moody.asked) == 1


def test_an_error_that_is_no_problem_of_goldsets_is_said_too(moody):
    moody.answers = [(404, {}, b"<html>proxy</html>")]

    with client_of(moody) as goldset, pytest.raises(Refused, match="404"):
        goldset.skill("s").versions()


# ---- downloads that break off ----

WHOLE = b"".join(b'{"row": %d}\n' % number for number in range(1000))


class Breaking(Moody):
    """Serves a file and its rest, and hangs up after so many bytes, as often as its server's list says."""

    def do_GET(self):
        given = self.headers.get("Range", "")
        offset = int(given.removeprefix("bytes=").removesuffix("-") or 0)
        self.server.asked.append(offset)
        is_rest = offset and self.headers.get("If-Range") == f'"{self.server.tag}"'
        rest = self.server.whole[offset:] if is_rest else self.server.whole
        self.send_response(200 if not is_rest else 206 if rest else 416)
        self.send_header("ETag", f'"{self.server.tag}"')
        self.send_header("Content-Length", str(len(rest)))
        self.end_headers()
        broken = self.server.answers.pop(0) if self.server.answers else len(rest)
        self.wfile.write(rest[:broken])
        self.wfile.flush()
        self.connection.close() if broken < len(rest) else None


@pytest.fixture
def breaking(moody, monkeypatch):
    monkeypatch.setattr(calls, "wait_before", lambda *_: 0.0)
    moody.RequestHandlerClass = Breaking
    moody.tag, moody.whole = "of-the/file 1", WHOLE
    return moody


def download(server, target, *, is_async):
    if not is_async:
        with client_of(server) as goldset:
            return goldset.skill("s").dataset(1).download(target)

    async def with_the_other():
        async with AsyncGoldset(f"http://127.0.0.1:{server.server_port}", "goldset_key") as goldset:
            return await goldset.skill("s").dataset(1).download(target)

    return run_async(with_the_other())


BOTH_CLIENTS = pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])


@BOTH_CLIENTS
def test_a_download_that_breaks_off_goes_on_where_it_was(breaking, tmp_path, is_async):
    breaking.answers = [5_000, 3_000]

    path = download(breaking, tmp_path / "rows.jsonl", is_async=is_async)

    assert path.read_bytes() == WHOLE
    assert breaking.asked == [0, 5_000, 8_000]
    assert [one.name for one in tmp_path.iterdir()] == ["rows.jsonl"]


@BOTH_CLIENTS
def test_what_a_killed_process_has_left_is_gone_on_with(breaking, tmp_path, is_async):
    breaking.answers = [4_000] + [0] * (TRIES - 1)
    with pytest.raises(NotReachable, match="broke off"):
        download(breaking, tmp_path / "rows.jsonl", is_async=is_async)
    breaking.asked.clear()

    path = download(breaking, tmp_path / "rows.jsonl", is_async=is_async)

    assert path.read_bytes() == WHOLE
    assert breaking.asked == [4_000]


@BOTH_CLIENTS
def test_the_beginning_of_another_file_is_not_gone_on_with(breaking, tmp_path, is_async):
    breaking.answers = [4_000] + [0] * (TRIES - 1)
    with pytest.raises(NotReachable):
        download(breaking, tmp_path / "rows.jsonl", is_async=is_async)
    breaking.tag = "of another"

    path = download(breaking, tmp_path / "rows.jsonl", is_async=is_async)

    assert path.read_bytes() == WHOLE
    assert [one.name for one in tmp_path.iterdir()] == ["rows.jsonl"]


def test_goldset_sends_the_rest_of_the_very_same_file(goldset, served, tmp_path):
    with httpx.Client(headers={"Authorization": f"Bearer {served.key}"}) as program:
        for name in FORMATS:
            whole = goldset.skill(SKILL).dataset(1).download(tmp_path / f"rows.{name}", format=name).read_bytes()
            address = f"{served.server.url}/api/v1/skills/{SKILL}/datasets/1/examples?format={name}"
            tag = program.head(address).headers["ETag"]
            for offset in {1, len(whole) // 2, len(whole) - 1} & set(range(1, len(whole))):
                rest = rest_of(program, address, offset, tag)
                assert (rest.status_code, rest.content) == (206, whole[offset:]), f"{name} from {offset}"
                assert rest.headers["Content-Range"] == f"bytes {offset}-{len(whole) - 1}/{len(whole)}"
            assert rest_of(program, address, len(whole), tag).status_code == (416 if whole else 200)
            of_another = rest_of(program, address, 1, '"another"')
            assert (of_another.status_code, of_another.content) == (200, whole)


def rest_of(program, address, offset, tag):
    return program.get(address, headers={"Range": f"bytes={offset}-", "If-Range": tag})


@BOTH_CLIENTS
def test_a_whole_file_whose_process_was_killed_at_its_end_is_put_in_its_place(breaking, tmp_path, is_async):
    (tmp_path / ".rows.jsonl.of-the%2Ffile%201.part").write_bytes(WHOLE)

    path = download(breaking, tmp_path / "rows.jsonl", is_async=is_async)

    assert path.read_bytes() == WHOLE
    assert breaking.asked == [len(WHOLE)]
    assert [one.name for one in tmp_path.iterdir()] == ["rows.jsonl"]


@BOTH_CLIENTS
def test_what_is_refused_is_raised_and_leaves_no_file(moody, tmp_path, is_async):
    moody.answers = [(404, {}, b'{"detail": "There is no such version."}')]

    with pytest.raises(Refused):
        download(moody, tmp_path / "rows.jsonl", is_async=is_async)

    assert list(tmp_path.iterdir()) == []


# ---- rows that are read while they come ----

ROW = {"output": "Yes", "source": "web", "evaluation_only": False, "hash": "0" * 64}
ROWS = b"".join(
    json.dumps({"input": f"{number} \u2028 one line \x85 still", **ROW}, ensure_ascii=False).encode() + b"\n"
    for number in range(500)
)


def read_rows(server, *, is_async):
    if not is_async:
        with client_of(server) as goldset:
            return list(goldset.skill("s").dataset(1).examples())

    async def with_the_other():
        async with AsyncGoldset(f"http://127.0.0.1:{server.server_port}", "goldset_key") as goldset:
            return [row async for row in goldset.skill("s").dataset(1).examples()]

    return run_async(with_the_other())


@BOTH_CLIENTS
def test_rows_that_break_off_go_on_where_they_were_and_end_at_line_feeds_only(breaking, is_async):
    breaking.whole, breaking.answers = ROWS, [777, 5_000, 1]

    rows = read_rows(breaking, is_async=is_async)

    assert [row.input for row in rows] == [f"{number} \u2028 one line \x85 still" for number in range(500)]
    assert breaking.asked == [0, 777, 5_777, 5_778]


@BOTH_CLIENTS
def test_rows_of_another_file_are_not_gone_on_with(breaking, is_async):
    breaking.whole, breaking.answers = ROWS, [777]
    tags = iter(["first", "second"])

    class Changing(Breaking):
        def do_GET(self):
            self.server.tag = next(tags)
            super().do_GET()

    breaking.RequestHandlerClass = Changing
    with pytest.raises(GoldsetClientError, match="lost rows while it was read"):
        read_rows(breaking, is_async=is_async)


@BOTH_CLIENTS
def test_rows_that_never_come_are_an_error_of_this_client(breaking, is_async):
    breaking.whole, breaking.answers = ROWS, [0] * 100

    with pytest.raises(NotReachable):
        read_rows(breaking, is_async=is_async)


# ---- what is none of Goldset's ----


@pytest.mark.parametrize("body", [b"<html>Sign in</html>", b"", b"[]", b"{}", b'{"versions": [{"skill": "s"}]}', b"7"])
@pytest.mark.parametrize("status", [200, 302])
def test_an_answer_that_is_not_goldsets_is_an_error_of_this_client(moody, status, body):
    moody.answers = [(status, {}, body)] * 2

    with client_of(moody) as goldset, pytest.raises(GoldsetClientError, match="none of Goldset's"):
        goldset.skill("s").versions()


@pytest.mark.parametrize("url", ["::::", "http://[::1", "http://a b"])
@BOTH_CLIENTS
def test_what_is_no_address_is_said(url, is_async, monkeypatch):
    monkeypatch.setattr(calls, "wait_before", lambda *_: 0.0)

    def ask():
        if not is_async:
            return Goldset(url, "goldset_key").skill("s").versions()
        return run_async(AsyncGoldset(url, "goldset_key").skill("s").versions())

    with pytest.raises(GoldsetClientError):
        ask()


@pytest.mark.parametrize("key", ["goldset_\u00e9", "goldset_a b", "goldset_a\nb"])
def test_a_key_that_is_none_is_not_repeated(key):
    with pytest.raises(GoldsetClientError) as raised:
        Goldset("http://127.0.0.1:9", key)
    assert key not in str(raised.value)


def test_a_key_is_sent_without_the_line_end_that_it_was_pasted_with(moody):
    moody.answers = [GOOD]

    with Goldset(f"http://127.0.0.1:{moody.server_port}", "goldset_key\n") as goldset:
        assert goldset.skill("s").versions() == []


@BOTH_CLIENTS
def test_two_downloads_to_one_place_do_not_mix(breaking, tmp_path, is_async):
    with Draft(tmp_path / "rows.jsonl"):
        with pytest.raises(GoldsetClientError, match=r"rows.jsonl is being downloaded already"):
            download(breaking, tmp_path / "rows.jsonl", is_async=is_async)
        assert breaking.asked == []

    assert download(breaking, tmp_path / "rows.jsonl", is_async=is_async).read_bytes() == WHOLE


# ---- pushes that go no further ----


def test_what_a_killed_push_has_left_is_discarded(goldset, served):
    left = httpx.post(
        f"{served.server.url}/api/v1/skills/{SKILL}/imports",
        content=lines({"input": "Left", "output": "behind"}),
        headers={"Authorization": f"Bearer {served.key}"},
    )
    assert left.status_code == 202
    with pytest.raises(Refused, match="not finished"):
        goldset.skill(SKILL).push(lines({"input": "Next", "output": "one"}), dry_run=True)

    assert goldset.skill(SKILL).discard_imports() == 1
    assert goldset.skill(SKILL).discard_imports() == 0
    goldset.skill(SKILL).push(lines({"input": "Next", "output": "one"}), dry_run=True)


def test_a_file_whose_columns_nobody_knows_is_refused_and_forgotten(goldset):
    with pytest.raises(Refused, match=r"Say which columns are the input and the output.*there are a, b"):
        goldset.skill(SKILL).push(b"a,b\n1,2\n")

    state, _ = goldset.skill(SKILL).push(b"a,b\n1,2\n", dry_run=True, input="a", output="b")
    assert state.verdicts["new"] == 1
