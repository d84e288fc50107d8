"""The version of the rules says what a stored text was cleaned by, so rules never change under the same version."""

import pytest

from tests.support.redaction_fingerprint import FILE, PACKAGE, code_of, fingerprint

CHANGED = (
    "The redaction package has changed. If it may find anything that it did not find before, or no longer finds what it"
    " did, raise RULES_VERSION in app/domain/redaction/version.py, so that `goldset redaction rescan` looks at stored"
    " texts again. Then write the fingerprint anew: python -m tests.support.redaction_fingerprint"
)
SOURCE = '''"""About the module."""

X = re.compile("a#b")  # Why: ü
"""About X."""


def find(text):
    """About find,
    at length."""
    return "é" + text  # ü
'''


def test_the_package_is_the_one_that_this_version_of_the_rules_stands_for():
    assert FILE.read_text(encoding="utf-8").strip() == fingerprint(), CHANGED


def test_comments_docstrings_and_blank_lines_do_not_count():
    assert code_of(SOURCE) == 'X = re.compile("a#b")\ndef find(text):\n    return "é" + text'


@pytest.mark.parametrize(("old", "new"), [("a#b", "a#c"), ("def find", "def seek"), ("    return", "    yield")])
def test_code_and_patterns_count(old, new):
    assert code_of(SOURCE.replace(old, new)) != code_of(SOURCE)


def test_a_changed_rule_and_a_new_module_change_the_fingerprint(tmp_path):
    for path in PACKAGE.rglob("*.py"):
        copy = tmp_path / path.relative_to(PACKAGE)
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(path.read_bytes())
    rules = tmp_path / "rules" / "vendors.py"

    same = fingerprint(tmp_path)
    rules.write_text(rules.read_text(encoding="utf-8") + "\nMORE = 1\n", encoding="utf-8")
    changed = fingerprint(tmp_path)
    (tmp_path / "more.py").write_text("X = 1\n", encoding="utf-8")

    assert same == fingerprint()
    assert len({same, changed, fingerprint(tmp_path)}) == 3
