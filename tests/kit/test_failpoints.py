"""Places where a process can be made to fail: off by default, all listed, each used and each proved."""

import ast
import asyncio
import re
from collections import Counter

import pytest

from clothingline.kit import failpoints, jobs
from tests.conftest import ROOT
from tests.crash.zygote import ALL, WRITES_NOTHING

PACKAGE = ROOT / "src" / "clothingline"


def planted(function: str = "failpoint") -> Counter[str]:
    """Names in the calls of `failpoint` in the package; those of every job are one f-string each."""
    found: Counter[str] = Counter()
    for path in PACKAGE.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and ast.unparse(call.func).rpartition(".")[2] == function:
                found[ast.unparse(call.args[0]).strip("f'\"")] += 1
    return found


def test_every_listed_failpoint_stands_in_the_package_once_and_no_other_does() -> None:
    of_every_job = [f"job:{{name}}:{moment}" for moment in ("before", "after")] + ["job:{job}:commit"]
    assert planted() == Counter([*failpoints.POINTS, *of_every_job])
    assert {name.rpartition(":")[2] for name in of_every_job} == set(failpoints.MOMENTS)


def test_the_killed_worker_dies_at_every_failpoint_of_every_job() -> None:
    of_jobs = {f"job:{name}:{moment}" for name in jobs.registered() for moment in failpoints.MOMENTS}
    assert {*ALL, *WRITES_NOTHING} == {*failpoints.POINTS, *of_jobs}


def test_every_task_file_registers_its_jobs() -> None:
    said = sum(len(re.findall(r"^@task$", path.read_text(), re.MULTILINE)) for path in PACKAGE.glob("*/tasks.py"))
    assert said == len(jobs.registered())


async def test_a_failpoint_that_is_not_armed_does_nothing_and_an_armed_one_raises() -> None:
    name = failpoints.POINTS[0]
    await failpoints.failpoint(name)
    failpoints.arm(failpoints.read(f"{name}=raise,{failpoints.POINTS[1]}=sleep:1"))
    with pytest.raises(failpoints.Planted, match=name):
        await failpoints.failpoint(name)
    await failpoints.failpoint(failpoints.POINTS[1])
    failpoints.arm({})
    await failpoints.failpoint(name)


@pytest.mark.parametrize("text", ["nowhere=kill", "routing.reroute:read=explode"])
def test_a_failpoint_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=failpoints.VARIABLE):
        failpoints.read(text)


def test_every_listed_syncpoint_stands_in_the_package_once_and_no_other_does() -> None:
    assert planted("syncpoint") == Counter(failpoints.SYNCPOINTS)


async def test_at_a_syncpoint_whoever_comes_waits_for_the_barrier_of_a_test_and_for_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(failpoints, "SYNCPOINTS", ("ironing:read", "ironing:said"))
    opened, passed = asyncio.Event(), list[str]()

    async def iron(name: str) -> None:
        await failpoints.syncpoint("ironing:read")
        await failpoints.syncpoint("ironing:said")
        passed.append(name)

    async def hold() -> None:
        passed.append("held")
        await opened.wait()

    await iron("before")
    with failpoints.barrier("ironing:read", hold):
        first = asyncio.create_task(iron("first"))
        await asyncio.sleep(0)
        assert passed == ["before", "held"]
        opened.set()
        await first
    await iron("after")
    assert passed == ["before", "held", "first", "after"]


def test_a_barrier_where_no_syncpoint_is_is_refused() -> None:
    with pytest.raises(ValueError, match="no syncpoint nowhere"), failpoints.barrier("nowhere", _nothing):
        pass


async def _nothing() -> None:
    """Wait for nobody."""
