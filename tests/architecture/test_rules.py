"""The package keeps the rules of the house, and each rule is seen to fail on a planted fault."""

from pathlib import Path

import pytest

from tests.architecture.planted import FAULTS, INNOCENT, Planted
from tests.architecture.rules import OF_EVERYTHING_ELSE, OF_THE_PACKAGE, Rule, shape
from tests.architecture.source import Module

TOP = Path(__file__).resolve().parents[2]
PACKAGE = TOP / "src" / "clothingline"
BESIDE = [folder for folder in (TOP / "tests", TOP / "benchmarks", TOP / "migrations") if folder.is_dir()]


def _named(thing: object) -> str:
    return thing.rule.__name__ if isinstance(thing, Planted) else getattr(thing, "__name__", getattr(thing, "name", ""))


@pytest.mark.parametrize("rule", OF_THE_PACKAGE, ids=_named)
def test_the_package_keeps_the_rule(rule: Rule) -> None:
    findings = rule(PACKAGE)
    assert not findings, "\n".join(findings)


@pytest.mark.parametrize("folder", BESIDE, ids=_named)
@pytest.mark.parametrize("rule", OF_EVERYTHING_ELSE, ids=_named)
def test_the_code_beside_the_package_keeps_the_rule(rule: Rule, folder: Path) -> None:
    findings = rule(folder)
    assert not findings, "\n".join(findings)


@pytest.mark.parametrize("planted", FAULTS, ids=_named)
def test_the_rule_finds_the_planted_fault(planted: Planted, tmp_path: Path) -> None:
    findings = planted.rule(planted.plant(tmp_path))
    assert len(findings) == 1
    assert planted.says in findings[0]


@pytest.mark.parametrize("planted", INNOCENT, ids=_named)
def test_the_rule_leaves_the_innocent_alone(planted: Planted, tmp_path: Path) -> None:
    assert planted.rule(planted.plant(tmp_path)) == []


def test_every_rule_has_a_planted_fault() -> None:
    assert {planted.rule for planted in FAULTS} == {*OF_THE_PACKAGE, *OF_EVERYTHING_ELSE}


def test_the_figures_of_the_package_can_be_read() -> None:
    found = shape.measure(PACKAGE)
    print(f"\n{found}")
    assert found.count > 0


def test_a_relative_import_is_resolved_to_its_full_name() -> None:
    module = Module(
        "clothingline.orders.service", "service.py", "from ..brands.queries import _rows\n", is_package=False
    )
    assert list(module.imports()) == [(1, "clothingline.brands.queries._rows")]
