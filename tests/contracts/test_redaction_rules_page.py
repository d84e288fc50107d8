"""The page of rules is what the tables say: it cannot fall behind them."""

from pathlib import Path

from click.testing import CliRunner

from app.cli.redaction import rules
from app.domain.redaction.catalogue import rules_as_markdown
from app.domain.redaction.rules import RULES

PAGE = Path(__file__).parents[2] / "docs" / "redaction-rules.md"


def test_the_page_is_what_the_command_prints():
    printed = CliRunner().invoke(rules, catch_exceptions=False).output

    assert printed == rules_as_markdown()
    assert PAGE.read_text(encoding="utf-8") == printed, "goldset redaction rules > docs/redaction-rules.md"


def test_every_kind_of_rule_is_on_it_and_no_whole_secret():
    page = rules_as_markdown()

    assert not [rule.kind for rule in RULES if f"| {rule.kind} |" not in page]
    for rule in RULES:
        for secret in _secrets_in(rule.goes):
            assert len(secret) < 12 or secret not in page


def _secrets_in(example: str) -> list[str]:
    return [part.split("»")[0] for part in example.split("«")[1:]]
