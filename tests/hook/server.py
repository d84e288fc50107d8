"""A server that speaks Goldset's side of the hook's protocol, and remembers what it was told."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

REFUSED = {"type": "about:blank", "title": "Not Found", "status": 404, "detail": "There is no such skill."}


def counted(**more):
    """Return the answer for an event that was counted."""
    return {"status": "counted", "event": 1, "verdict": "captured", "reason": "Kept for review.", **more}


class Posted(NamedTuple):
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def events(self):
        return json.loads(self.body)["events"]


class Goldset:
    """Answers with `answers`, the first one first, each a status or a status with headers; 200 when none is left.

    `said` has the answer for every event of a skill; content of all others is kept.
    """

    def __init__(self):
        self.answers, self.said, self.posts = [], {}, []
        self.longest_batch, self.raw = None, None
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                outer._answer(self)

            do_GET = do_POST

            def log_message(self, format, *args):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    def stop(self):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def accepted(self):
        return [event for post in self.posts for event in post.events]

    def _answer(self, handler):
        body = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
        posted = Posted(handler.path, dict(handler.headers), body)
        status, headers = self._decide(posted)
        kept = counted(keeps_content=True)
        said = [self.said.get(event["skill"], kept) for event in posted.events] if body else []
        raw = json.dumps({"events": said}).encode() if self.raw is None else self.raw
        if status == 200:
            self.posts.append(posted)
        handler.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(raw))}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(raw)

    def _decide(self, posted):
        if self.longest_batch is not None and len(posted.events) > self.longest_batch:
            return 413, {}
        answer = self.answers.pop(0) if self.answers else 200
        return answer if isinstance(answer, tuple) else (answer, {})
