"""The engine is compiled before anybody waits for it, and only where that was never done."""

import asyncio
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from clothingline.cli import running, warming
from clothingline.cli.commands import commands
from clothingline.matching import compiled


def test_a_warm_up_that_came_to_its_end_is_known_and_half_of_one_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(compiled, "FOLDER", str(tmp_path / "kernels"))
    with monkeypatch.context() as broken:
        broken.setattr("clothingline.matching.route", cut_off)
        with pytest.raises(KeyboardInterrupt):
            warming.warm()
    assert not warming.kept()
    warming.warm()
    assert warming.kept()


@pytest.mark.parametrize("left", [b"", bytes(4096), b"\x80\x04\x95half of a kernel"])
def test_a_kernel_torn_by_a_loss_of_power_is_dropped_and_the_rest_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left: bytes
) -> None:
    monkeypatch.setattr(compiled, "FOLDER", str(tmp_path))
    (tmp_path / warming.DONE).touch()
    whole, torn = tmp_path / "of" / "whole.nbc", tmp_path / "of" / "torn.nbi"
    whole.parent.mkdir()
    whole.write_bytes(pickle.dumps("a kernel"))
    assert warming.kept()
    torn.write_bytes(left)
    assert not warming.kept()
    assert whole.exists()
    assert not torn.exists()


PUSH = """
import numpy as np
from clothingline.cli import warming
print(len(warming.drop_torn()) if {dropping} else 0)
from clothingline.matching.kernels import heap, tables
heap.push(tables.Heap(np.zeros(1), np.zeros(1, np.int64), np.zeros(1, np.int64)), 1.0, 1)
"""


def _push(folder: Path, *, dropping: bool) -> subprocess.CompletedProcess[str]:
    """Use one kernel in a process of its own that keeps its kernels there."""
    return subprocess.run(
        [sys.executable, "-c", PUSH.format(dropping=dropping)],
        env={**os.environ, "NUMBA_CACHE_DIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_compiler_fails_at_a_torn_kernel_and_compiles_a_dropped_one_again(tmp_path: Path) -> None:
    assert _push(tmp_path, dropping=True).stdout == "0\n"
    for file in tmp_path.rglob("*.nbc"):
        file.write_bytes(bytes(file.stat().st_size))
    assert "UnpicklingError" in _push(tmp_path, dropping=False).stderr
    again = _push(tmp_path, dropping=True)
    assert (again.returncode, again.stdout) == (0, "1\n")


@pytest.mark.parametrize(("kept", "said"), [(True, "sudah siap"), (False, "Ready.")])
def test_the_command_searches_once_where_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: bool, said: str
) -> None:
    searched: list[object] = []
    monkeypatch.setattr(warming, "kept", lambda: kept)
    monkeypatch.setattr(compiled, "FOLDER", str(tmp_path))
    monkeypatch.setattr("clothingline.matching.route", lambda *asked: searched.append(asked))
    told = CliRunner().invoke(commands, ["match", "warm"])
    assert said in told.output
    assert len(searched) == (not kept)


async def test_a_server_lets_another_process_compile_and_does_not_wait_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warming, "kept", lambda: False)
    compiling = asyncio.create_task(warming.beside())
    await asyncio.sleep(0)
    assert not compiling.done()
    async with asyncio.timeout(60):
        await compiling


async def test_a_server_that_ends_takes_the_compiling_process_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[asyncio.subprocess.Process] = []
    begin, there = asyncio.create_subprocess_exec, asyncio.Event()

    async def sleeper(*_: object, **how: object) -> asyncio.subprocess.Process:
        begun.append(await begin("sleep", "60", **how))  # type: ignore[arg-type]  # handed on as it came
        there.set()
        return begun[0]

    monkeypatch.setattr(warming, "kept", lambda: False)
    monkeypatch.setattr(asyncio, "create_subprocess_exec", sleeper)
    async with running._beside([warming.beside()]):
        await there.wait()
    assert begun[0].returncode is not None
    assert begun[0].returncode < 0
