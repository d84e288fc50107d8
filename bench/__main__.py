"""Measure, print a table, write it as JSON; end with status 1 when a ratio is over its limit."""

import itertools
import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import event

from app.domain.redaction import sanitize_payload
from app.extensions import db
from bench import capture, datasets
from bench.bare import create_bare_app
from bench.hostile import worst_growth
from bench.mixed import mixed_text
from bench.server import idle_memory, lost_additions
from bench.site import Visitor, create_library, create_site, sample_text
from bench.timing import medians

FEW, MANY = 1_000, 100_000
FEW_SKILLS, MANY_SKILLS = 100, 10_000
NEW_NUMBERS = itertools.count(10_000_000)
RESULTS = Path(__file__).parent / "results"


@dataclass
class Line:
    """One row of the table: what was compared, what came out, and the most it may be."""

    what: str
    value: float
    limit: float | None
    note: str = ""

    @property
    def is_over(self) -> bool:
        return self.limit is not None and self.value > self.limit


def main() -> None:
    lines: list[Line] = []
    with tempfile.TemporaryDirectory(prefix="goldset-bench-") as folder:
        print(f"Filling a database with {FEW:,} and {MANY:,} examples ...", file=sys.stderr)
        app = create_site(Path(folder), {"few": FEW, "many": MANY})
        visitor = Visitor(app)
        lines += measure_pages(visitor)
        lines += measure_adding(visitor)
        lines += measure_against_bare(visitor, Path(folder))
        with app.app_context():
            lines += measure_poll(visitor)
    with tempfile.TemporaryDirectory(prefix="goldset-bench-") as folder:
        lines += measure_skills(Path(folder))
    with tempfile.TemporaryDirectory(prefix="goldset-bench-") as folder:
        lines.append(Line("memory of the idle server, MB", idle_memory(Path(folder)), 100))
    with tempfile.TemporaryDirectory(prefix="goldset-bench-") as folder:
        lost, note = lost_additions(Path(folder))
        lines.append(Line("eight writers at once: additions lost or refused", lost, 0, note))
    lines += measure_datasets()
    lines += measure_capture()
    lines += measure_redaction()
    report(lines)


def measure_pages(visitor: Visitor) -> list[Line]:
    """Pages of the list, and of what all examples match, at 100,000 examples against 1,000."""
    queries = {
        "first page": ("", ""),
        "last page": ("?after=51", f"?after={FEW + 51}"),
        "a search": ("?q=order",) * 2,
        "a search, best first": ("?q=order&sort=score",) * 2,
    }
    lines = []
    for what, (of_few, of_many) in queries.items():
        few, many = medians(
            lambda query=of_few: visitor.get(f"/skills/few/training-data{query}"),  # type: ignore[misc]
            lambda query=of_many: visitor.get(f"/skills/many/training-data{query}"),  # type: ignore[misc]
        )
        lines.append(Line(f"{what}: 100,000 against 1,000", many / few, 1.5, f"{many:.1f} ms against {few:.1f} ms"))
    return lines


def measure_skills(folder: Path) -> list[Line]:
    """The list of skills and searches within it, at 10,000 skills against 100: ten of them have the rare word."""
    few, many = (Visitor(create_library(folder / str(size), size)) for size in (FEW_SKILLS, MANY_SKILLS))
    addresses = {
        "list of skills, first page": ("/", "/"),
        "list of skills, last page": ("/?after=51", "/?after=51"),
        "search for a word that all have": ("/?q=skill", "/?q=skill"),
        "search for a word that few have": ("/?q=rarely", "/?q=rarely"),
        "search for a beginning, second page": ("/?q=measu&after=51", f"/?q=measu&after={MANY_SKILLS // 2}"),
    }
    lines = []
    for what, (of_few, of_many) in addresses.items():
        small, large = medians(lambda path=of_few: few.get(path), lambda path=of_many: many.get(path))
        note = f"{large:.1f} ms against {small:.1f} ms"
        lines.append(Line(f"{what}: 10,000 against 100", large / small, 1.5, note))
    return lines


def adder(visitor: Visitor, skill: str) -> Callable[[], None]:
    """Return an action that adds one more example to the skill, as the page does it."""
    path = f"/skills/{skill}/training-data"
    token = visitor.token(path)

    def add() -> None:
        number = next(NEW_NUMBERS)
        fields = {"example_input": sample_text(number), "example_output": sample_text(-number), "quality_score": "7"}
        visitor.post(path, {**fields, "csrf_token": token}, 200, HX_Request="true", HX_Request_Type="partial")

    return add


def measure_adding(visitor: Visitor) -> list[Line]:
    few, many = medians(adder(visitor, "few"), adder(visitor, "many"))
    return [Line("adding one: 100,000 against 1,000", many / few, 1.5, f"{many:.1f} ms against {few:.1f} ms")]


def measure_against_bare(visitor: Visitor, folder: Path) -> list[Line]:
    """Adding one and showing fifty, against the least that Flask and SQLAlchemy could do."""
    bare = create_bare_app(folder).test_client()
    fields = {"example_input": sample_text(1), "example_output": sample_text(2)}
    add, bare_add = medians(adder(visitor, "few"), lambda: bare.post("/rows", data=fields))
    tab, bare_list = medians(lambda: visitor.get("/skills/few/training-data"), lambda: bare.get("/rows"))
    return [
        Line("adding one: Goldset against a bare route", add / bare_add, 4, f"{add:.2f} ms against {bare_add:.2f} ms"),
        Line(
            "the tab with 50 rows against a bare route", tab / bare_list, 8, f"{tab:.2f} ms against {bare_list:.2f} ms"
        ),
    ]


def measure_poll(visitor: Visitor) -> list[Line]:
    """The unchanged poll: its queries, and what it costs next to the whole tab."""
    page = visitor.get("/skills/many/training-data")
    tag = page.split('hx-ptag="')[1].split('"')[0]
    sent: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *arguments: sent.append(arguments[2]))
    visitor.get("/skills/many/training-data/live", 304, HX_PTag=tag)
    queries = [statement for statement in sent if statement.startswith("SELECT")]
    poll, tab = medians(
        lambda: visitor.get("/skills/many/training-data/live", 304, HX_PTag=tag),
        lambda: visitor.get("/skills/many/training-data"),
    )
    return [
        Line("queries of an unchanged poll", len(queries), 1),
        Line("an unchanged poll against the tab", poll / tab, None, f"{poll:.2f} ms against {tab:.2f} ms"),
    ]


def measure_datasets() -> list[Line]:
    """Importing, freezing and exporting 10,000 rows of 900 characters, and how each grows from 2,000."""
    steps = []
    for rows in (datasets.FEW, datasets.MANY):
        with tempfile.TemporaryDirectory(prefix="goldset-bench-") as folder:
            steps.append(datasets.measure_steps(Path(folder), rows))
    few, many = steps
    times = many.rows / few.rows
    slowest, seconds = max(many.exported.items(), key=lambda one: one[1])
    parts = f"{many.read:.1f} read and redacted, {many.checked:.1f} compared, {many.added:.1f} added"
    return [
        Line("import of 10,000 rows, s", many.imported, None, parts),
        Line("import: time a row, 10,000 against 2,000", many.imported / few.imported / times, 1.5),
        Line("import of 10,000 rows: memory, MB", many.megabytes, 64),
        Line("freezing 10,000 rows, s", many.frozen, 1.5),
        Line("freezing: time a row, 10,000 against 2,000", many.frozen / few.frozen / times, 1.5),
        Line("export of 10,000 rows in the slowest text format, s", seconds, 0.5, slowest),
        Line("verifying 10,000 rows, s", many.verified, None),
    ]


def measure_capture() -> list[Line]:
    """What 2 KB of content add to a reported use, batches under load, withdrawing, and reviewing a long queue."""
    with tempfile.TemporaryDirectory(prefix="goldset-bench-") as folder:
        plain, full, redaction = capture.measure_tracking(create_site(Path(folder), {"few": 1_000}))
    with tempfile.TemporaryDirectory(prefix="goldset-bench-") as folder:
        pace, lost, slowest = capture.sustain(Path(folder), 15)
    with tempfile.TemporaryDirectory(prefix="goldset-bench-") as folder:
        seconds = capture.measure_withdrawal(Path(folder))
    with tempfile.TemporaryDirectory(prefix="goldset-bench-") as folder:
        short, long = capture.measure_review(Path(folder))
    note = f"{full:.1f} ms against {plain:.1f} ms, redaction {redaction:.1f} ms"
    return [
        Line("a use with 2 KB, redaction aside, against one without", (full - redaction) / plain, 2, note),
        Line("batches of uses: seconds for 200 uses", capture.EVENTS_A_SECOND / pace, 1.05, f"page {slowest:.0f} ms"),
        Line("batches of uses: lost", lost, 0),
        Line("withdrawing consent to 10,000 examples, s", seconds, 5),
        Line("review of a queue: 100,000 against 100", long / short, 1.5, f"{long:.1f} ms against {short:.1f} ms"),
    ]


def measure_redaction() -> list[Line]:
    """Megabytes of text a second, and how the worst of the hostile texts grows."""
    prose = "\n".join(sample_text(number) for number in range(10))[:4096]
    mixed = mixed_text(1_000_000)
    pieces = [mixed[start : start + 4096] for start in range(0, len(mixed), 4096)]
    of_prose, of_pieces, of_mixed, with_personal_data = medians(
        lambda: sanitize_payload(prose),
        lambda: [sanitize_payload(piece) for piece in pieces],
        lambda: sanitize_payload(mixed),
        lambda: sanitize_payload(mixed, personal_data=True),
        rounds=5,
        warmups=1,
    )
    growth, unit, seconds = worst_growth()
    return [
        Line("redaction of 4 KB of prose, MB/s", len(prose) / of_prose / 1000, None),
        Line("redaction of mixed text in 4 KB pieces, MB/s", len(mixed) / of_pieces / 1000, None),
        Line("redaction of 1 MB of mixed text, MB/s", len(mixed) / of_mixed / 1000, None),
        Line("the same with personal data, MB/s", len(mixed) / with_personal_data / 1000, None),
        Line("hostile text: time for four times the length", growth, 8, f"worst unit {unit!r}"),
        Line("hostile text: seconds for 1 MB of the slowest", seconds, None),
    ]


def report(lines: list[Line]) -> None:
    width = max(len(line.what) for line in lines)
    for line in lines:
        limit = "" if line.limit is None else f"at most {line.limit:g}"
        print(f"{line.what:<{width}}  {line.value:>8.2f}  {limit:<12} {'OVER' if line.is_over else '':<5}{line.note}")
    RESULTS.mkdir(exist_ok=True)
    moment = datetime.now(UTC)
    file = RESULTS / f"{moment:%Y-%m-%dT%H%M%S}.json"
    file.write_text(json.dumps({"at": moment.isoformat(), "lines": [asdict(line) for line in lines]}, indent=2) + "\n")
    print(f"Written to {file}", file=sys.stderr)
    if any(line.is_over for line in lines):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
