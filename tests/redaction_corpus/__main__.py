"""`python -m tests.redaction_corpus [--seed N] [--area NAME] [--kind TEXT] [--show N]`: what redaction does to it."""

import argparse
from functools import partial

from app.domain.redaction import sanitize_payload
from tests.redaction_corpus import AREAS, cases_of
from tests.redaction_corpus.measure import measure


def redact(text: str, *, personal_data: bool) -> str:
    return sanitize_payload(text, personal_data=personal_data).sanitized


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--area", choices=AREAS, action="append")
    parser.add_argument("--kind", default="")
    parser.add_argument("--show", type=int, default=0, help="how many missed and spoilt texts of each kind to print")
    chosen = parser.parse_args()
    for area in chosen.area or AREAS:
        cases = (case for case in cases_of(area, chosen.seed) if chosen.kind in case.kind)
        personal = area.startswith("personal")
        measured = measure(cases, partial(redact, personal_data=personal))
        print(f"{area}: recall {measured.recall:.4f}", end=", ")
        print(f"unchanged {measured.unchanged:.4f}, words lost {measured.words_lost:.4f}")
        for kind, score in sorted(measured.kinds.items(), key=lambda item: item[1].recall):
            if score.missed or score.spoilt:
                print(f"  {kind}: recall {score.recall:.2f} of {score.planted}, {len(score.spoilt)} spoilt")
            for what, shown in (("MISSED", score.missed), ("SPOILT", score.spoilt)):
                for case, redacted in shown[: chosen.show]:
                    print(f"    {what} {case.secrets!r}\n      {case.text!r}\n      {redacted!r}")


if __name__ == "__main__":
    main()
