"""A user's machine: folders of its own, and the hook's commands as processes, as Claude Code starts them."""

import fcntl
import json
import os
import subprocess
import sys
import time
from pathlib import Path

from tests.hook.transcript_lines import SESSION, skill_turn, write

KEY = "gs_live_0123456789abcdef"
PROJECT = Path(__file__).resolve().parents[2]
PATIENCE = 20.0


class Machine:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "hook"
        self.state = self.home / "state"
        self.spool = self.state / "spool"
        self.settings = folder / "claude" / "settings.json"
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "PYTHONPATH": str(PROJECT),
            "GOLDSET_HOOK_HOME": str(self.home),
        }

    def call(self, *words, given="", **environment):
        return subprocess.run(
            (sys.executable, "-P", "-m", "goldset_hook", *words),
            cwd=self.folder,
            env={**self.environment, **environment},
            input=given,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )

    def install(self, url, *words, key=KEY):
        return self.call(
            "install", "--url", url, "--key-stdin", "--settings", str(self.settings), *words, given=f"{key}\n"
        )

    def hook_input(self, lines, **more):
        path = write(self.folder / "transcript.jsonl", lines)
        return json.dumps(
            {
                "session_id": SESSION,
                "transcript_path": str(path),
                "cwd": str(self.folder),
                "hook_event_name": "Stop",
                "stop_hook_active": False,
                **more,
            }
        )

    def run(self, lines, *, more=(), **environment):
        """Call the hook as Claude Code does, and wait until the sender that it started is done."""
        done = self.call("run", given=self.hook_input(lines, **dict(more)), **environment)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        self.wait_for_sender()
        return done

    def run_turn(self, skill="meeting-minutes", *, number=1, **words):
        self.run(skill_turn(skill, uuid=f"prompt-{number}", **words))

    def dry_run(self, lines, **more):
        done = self.call("run", "--dry-run", given=self.hook_input(lines, **more))
        assert done.returncode == 0
        return json.loads(done.stdout)["events"][0] if done.stdout else done.stderr

    def wait_for_sender(self):
        """Wait until no process of this machine's is there: each has its folder in its environment."""
        until = time.monotonic() + PATIENCE
        while self.is_busy():
            assert time.monotonic() < until, "the sender does not end"
            time.sleep(0.02)

    def is_busy(self):
        """Return whether a process of this machine's is there. While a program starts, its environment is empty."""
        mine = f"GOLDSET_HOOK_HOME={self.home}\0".encode()
        for process in Path("/proc").glob("[0-9]*"):
            try:
                environment = (process / "environ").read_bytes()
                if mine in environment or (not environment and (process / "exe").exists()):
                    return True
            except OSError:
                continue
        return False

    def spooled(self):
        return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(self.spool.glob("*.json"))]

    def log(self):
        path = self.state / "hook.log"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def files(self):
        return [path for path in self.folder.rglob("*") if path.is_file() and path.name != "transcript.jsonl"]

    def disk(self):
        """Return every byte on the machine but the transcript, which is Claude Code's own."""
        return b"\n".join(path.read_bytes() for path in self.files())

    def hold_the_lock(self):
        file = (self.state / "send.lock").open("w")
        fcntl.flock(file, fcntl.LOCK_EX)
        return file
