"""The lock files are in step with pyproject.toml and with each other, pinned by hash, and name no host."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
RUNTIME = (ROOT / "requirements" / "runtime.txt").read_text()
EXTRAS = {
    name: (ROOT / "requirements" / f"{name}.txt").read_text() for name in PROJECT["project"]["optional-dependencies"]
}
DEV = (ROOT / "requirements" / "dev.txt").read_text()
PROMPTFOO = ROOT / "requirements" / "promptfoo"
CONSUMERS = (ROOT / "requirements" / "consumers.txt").read_text()


def pins(lock: str) -> dict[str, set[Version]]:
    """Return each package's pinned versions; one may have several, for different Pythons."""
    found: dict[str, set[Version]] = {}
    for name, version in re.findall(r"^([\w.-]+)==(\S+)", lock, flags=re.MULTILINE):
        found.setdefault(name.lower(), set()).add(Version(version))
    return found


def wanted(*groups: str, extras: tuple[str, ...] = ()) -> list[str]:
    lines = list(PROJECT["project"]["dependencies"])
    for extra in extras:
        lines += PROJECT["project"]["optional-dependencies"][extra]
    for group in groups:
        lines += PROJECT["dependency-groups"][group]
    return lines


@pytest.mark.parametrize(
    ("lock", "requirements"),
    [
        (RUNTIME, wanted("build")),
        *((lock, wanted("build", extras=(name,))) for name, lock in EXTRAS.items()),
        (DEV, wanted("build", "dev", extras=tuple(EXTRAS))),
        (CONSUMERS, PROJECT["dependency-groups"]["consumers"]),
    ],
    ids=["runtime", *EXTRAS, "dev", "consumers"],
)
def test_each_requirement_is_pinned_to_a_version_it_allows(lock, requirements):
    pinned = pins(lock)
    for line in requirements:
        requirement = Requirement(line)
        versions = pinned.get(requirement.name.lower(), set())
        assert versions, f"{requirement.name} is not in the lock: run `make lock`"
        assert all(version in requirement.specifier for version in versions), f"{line}: {versions}"


def test_each_lock_contains_the_smaller_ones():
    runtime, dev = pins(RUNTIME), pins(DEV)
    for lock in EXTRAS.values():
        assert runtime.items() <= pins(lock).items() <= dev.items()


@pytest.mark.parametrize("lock", [RUNTIME, *EXTRAS.values(), DEV, CONSUMERS])
def test_every_pin_has_hashes_and_no_line_names_a_host(lock):
    blocks = re.split(r"\n(?=[\w.-]+==)", lock)
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in lock
    assert "--index" not in lock
    assert "--find-links" not in lock


def test_promptfoo_is_pinned_by_hash_and_the_lock_names_no_host():
    lock = (PROMPTFOO / "package-lock.json").read_text()
    packages = json.loads(lock)["packages"]
    wanted = json.loads((PROMPTFOO / "package.json").read_text())["dependencies"]

    assert packages.pop("")["dependencies"] == wanted
    assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert [name for name, one in packages.items() if "sha512-" not in one.get("integrity", "")] == []
    assert "://" not in lock
