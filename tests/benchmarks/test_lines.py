"""The line profile: counts of lines that repeat, from the same answers, each line charged to the kernel it runs in."""

import importlib.util
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.matching import lines
from benchmarks.matching.counting import KERNELS, by_kernel, counting
from benchmarks.matching.lines import Sample, questions

TWO_FUNCTIONS = """
def inlined(function):
    return function

@inlined
def double(number):
    return 2 * number

def kernel(number):
    total = 0
    for _ in range(number):
        total += double(number)
    return total
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return Sample(tmp_path_factory.mktemp("lines"), 1 / 2_000, 2)


def test_a_line_counts_to_the_kernel_into_which_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "two.py"
    path.write_text(TWO_FUNCTIONS)
    spec = importlib.util.spec_from_file_location("two", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with counting(str(tmp_path)) as seen:
        assert module.kernel(3) == 18
    own = [("two.py", "kernel", 10, 1), ("two.py", "kernel", 11, 4), ("two.py", "kernel", 12, 3)]
    expected = [*own, ("two.py", "kernel", 13, 1), ("two.py", "double", 7, 3)]
    assert by_kernel(seen) == [{"file": "two.py", "name": "kernel", "lines": expected}]


def test_the_page_has_the_lines_as_they_stand_in_the_kernels_and_is_the_same_again(sample: Sample) -> None:
    lines.run(sample)
    page = (sample.folder / "lines.md").read_text()
    rows = [row.split(" | ") for row in page.splitlines() if row[2:3].isdigit()]
    sources = "".join(path.read_text() for path in Path(KERNELS).glob("*.py"))
    assert len(rows) > 10
    assert all(row[1].replace("&nbsp;", "").strip("`").replace("\\|", "|") in sources for row in rows)
    assert sum(line.startswith("## `") for line in page.splitlines()) == lines.HOTTEST
    lines.run(replace(sample, folder=sample.folder / "again"))
    assert (sample.folder / "again" / "lines.md").read_text() == page


def test_counts_of_other_answers_than_those_of_the_compiled_kernels_are_refused(
    sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "_compiled", lambda _: (0.0, [1]))
    with pytest.raises(AssertionError, match="same answers"):
        lines.run(sample)


def test_the_same_orders_are_asked_at_the_same_prices(sample: Sample) -> None:
    first, second = questions(sample), questions(sample)
    assert (first.orders == second.orders).all()
    assert (first.price == second.price).all()
    assert first.price.any()
    assert len(first.orders) == sample.orders
