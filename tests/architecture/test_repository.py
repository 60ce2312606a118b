"""Set-up, images, locks and decisions: what must be true of the files beside the code."""

import os
import re
import subprocess
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml
from hatchling.builders.wheel import WheelBuilder

TOP = Path(__file__).resolve().parents[2]
PYPROJECT = tomllib.loads((TOP / "pyproject.toml").read_text())
COMPOSE = yaml.safe_load((TOP / "compose.yaml").read_text())
DECISIONS = sorted((TOP / "docs" / "decisions").glob("[0-9]*.md"))
TARGETS = {
    "demo",
    "run",
    "test",
    "test-web",
    "browser",
    "screenshots",
    "check",
    "bench",
    "prove",
    "migration",
    "openapi",
    "lock",
    "clean",
}


def test_make_alone_lists_every_target() -> None:
    listed = _make().stdout
    assert {line.split()[1] for line in listed.splitlines()} == TARGETS | {"help"}


def test_every_target_that_needs_python_sets_it_up_first() -> None:
    rules = re.findall(r"^([a-z-]+):(.*)## ", (TOP / "Makefile").read_text(), re.MULTILINE)
    assert {name for name, needs in rules if "$(READY)" in needs} == TARGETS - {"clean"}


def test_every_target_that_runs_pages_finds_a_browser_first() -> None:
    rules = re.findall(r"^([a-z-]+):(.*)## ", (TOP / "Makefile").read_text(), re.MULTILINE)
    assert {name for name, needs in rules if "$(BROWSER)" in needs} == {
        "test",
        "test-web",
        "bench",
        "browser",
        "screenshots",
        "check",
    }


def test_check_is_exactly_format_lint_imports_types_and_tests() -> None:
    steps = [step.removeprefix(".venv/bin/").split() for step in _make("--dry-run", "check").stdout.splitlines()]
    called = [" ".join(step[:2]) if step[0] == "ruff" else step[0] for step in steps if step[0] in _CHECKERS]
    assert called == ["ruff format", "ruff check", "lint-imports", "mypy", "pytest"]


def test_ci_runs_make_test() -> None:
    script = (TOP / ".ci" / "run").read_text()
    assert "set -eu" in script
    assert script.splitlines()[-1] == "exec make test"


def test_a_migration_without_a_name_is_refused_in_one_line() -> None:
    refused = _make("migration")
    assert refused.returncode != 0
    assert refused.stderr.splitlines()[0] == "Say what it does: make migration NAME=add_lots"


def test_a_python_that_is_too_old_is_refused_in_one_line(tmp_path: Path) -> None:
    refused = _make("READY=.venv/ready-never", f"PYTHON={_fake_python(tmp_path, 1)}", "lock")
    assert refused.returncode != 0
    assert refused.stderr.splitlines()[0] == "clothingline needs Python 3.11 or newer: make PYTHON=python3.11"


def test_a_python_without_venv_is_refused_in_one_line(tmp_path: Path) -> None:
    refused = _make("READY=.venv/ready-never", f"PYTHON={_fake_python(tmp_path, 2)}", "lock")
    assert refused.returncode != 0
    assert refused.stderr.splitlines()[0].startswith("This Python lacks venv or ensurepip")


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "requirements-bench.lock"])
def test_a_lock_pins_by_hash_and_names_no_address(lock: str) -> None:
    text = (TOP / lock).read_text()
    assert "://" not in text
    assert all("--hash=sha256:" in pinned for pinned in re.split(r"\n(?=\w)", text))


def test_the_runtime_lock_is_part_of_the_development_lock() -> None:
    assert _pins("requirements.lock") <= _pins("requirements-dev.lock")


def test_the_lock_of_the_benchmark_adds_to_the_others_and_changes_none_of_their_versions() -> None:
    everyday, bench = _pins("requirements-dev.lock"), _pins("requirements-bench.lock")
    assert _pins("requirements.lock") <= bench
    assert {_distribution(pin) for pin in bench - everyday}.isdisjoint(_distribution(pin) for pin in everyday)


def test_the_image_is_built_in_stages_runs_without_root_and_says_whether_it_is_well() -> None:
    lines = (TOP / "Dockerfile").read_text().splitlines()
    final = lines[max(at for at, line in enumerate(lines) if line.startswith("FROM ")) :]
    assert sum(line.startswith("FROM ") for line in lines) > 1
    assert [line for line in final if line.startswith("USER ")] == ["USER clothingline"]
    assert any(line.startswith("HEALTHCHECK ") for line in final)
    assert not any("requirements-dev.lock" in line for line in final)


def test_the_services_are_the_app_the_worker_and_postgres() -> None:
    services = COMPOSE["services"]
    assert {"app", "worker", "postgres"} <= services.keys()
    assert services["postgres"]["image"] == "postgres:18"
    assert all("healthcheck" in services[name] for name in ("worker", "postgres"))
    assert set(COMPOSE["volumes"]) == {"rows", "files"}


def test_every_variable_that_compose_asks_for_is_documented() -> None:
    asked = set(re.findall(r"\$\{(\w+)", (TOP / "compose.yaml").read_text()))
    documented = set(re.findall(r"^(\w+)=", (TOP / ".env.example").read_text(), re.MULTILINE))
    assert asked <= documented


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_is_one_page_with_context_decision_consequences_and_enforcement(decision: Path) -> None:
    text = decision.read_text()
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences", "What enforces it"]
    assert sum(not line.startswith("|") for line in text.splitlines()) <= 60  # a table is looked up, not read


def test_decisions_are_numbered_without_a_gap_and_listed() -> None:
    listed = (TOP / "docs" / "README.md").read_text()
    assert [int(decision.name[:4]) for decision in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    assert all(f"decisions/{decision.name}" in listed for decision in DECISIONS)


def test_every_runtime_dependency_has_its_line_of_reasons() -> None:
    required = [_distribution(line) for line in PYPROJECT["project"]["dependencies"]]
    assert sorted(_reasoned(0)) == sorted(required)


def test_every_dependency_of_an_extra_has_its_line_of_reasons_in_a_table_of_its_own() -> None:
    extras = PYPROJECT["project"]["optional-dependencies"].values()
    assert sorted(_reasoned(1)) == sorted(_distribution(line) for lines in extras for line in lines)


def test_every_exception_in_the_tool_settings_says_why() -> None:
    settings = (TOP / "pyproject.toml").read_text()
    lists = re.findall(
        r"^(?:ignore|ignore_imports|exhaustive_ignores|filterwarnings|\".*\") = \[$(.*?)^\]",
        settings,
        re.MULTILINE | re.DOTALL,
    )
    silent = [line for block in lists for line in block.strip().splitlines() if not re.search(r"# \S+ \S+", line)]
    assert lists
    assert silent == []


def test_the_wheel_holds_what_the_package_reads_beside_its_code(tmp_path: Path) -> None:
    [wheel] = WheelBuilder(str(TOP)).build(directory=str(tmp_path), versions=["standard"])
    packed = set(zipfile.ZipFile(wheel).namelist())
    data = [path for path in (TOP / "src").rglob("*.*") if path.suffix in {".sql", ".csv", ".html", ".css", ".json"}]
    assert any(path.name == "invariants.sql" for path in data)
    assert {str(path.relative_to(TOP / "src")) for path in data} <= packed


def _reasoned(half: int) -> list[str]:
    """The dependencies that have a line, before the heading of the extras (0) or after it (1)."""
    halves = (TOP / "docs/decisions/0011-dependencies.md").read_text().split("\n### Extras\n")
    return re.findall(r"^\| `([a-z0-9-]+)` \|", halves[half], re.MULTILINE)


_CHECKERS = {"ruff", "lint-imports", "mypy", "pytest"}


def _make(*arguments: str) -> subprocess.CompletedProcess[str]:
    """make as if called by hand, with a set-up that is done unless an argument says otherwise."""
    environment = {name: value for name, value in os.environ.items() if name not in {"MAKEFLAGS", "MAKELEVEL", "NAME"}}
    command = ["make", *(arguments if "READY=" in "".join(arguments) else ("READY=Makefile", *arguments))]
    return subprocess.run(command, cwd=TOP, env=environment, capture_output=True, text=True, check=False)


def _fake_python(folder: Path, fails_at: int) -> Path:
    """A command that fails at its n-th call, as a Python does that lacks what the n-th check asks for."""
    fake = folder / "python"
    fake.write_text(f'#!/bin/sh\necho x >> "$0.calls"\ntest $(wc -l < "$0.calls") -ne {fails_at}\n')
    fake.chmod(0o755)
    return fake


def _pins(lock: str) -> set[str]:
    return set(re.findall(r"^([\w.-]+==\S+)", (TOP / lock).read_text(), re.MULTILINE))


def _distribution(requirement: str) -> str:
    return re.split(r"[^\w-]", requirement)[0]
