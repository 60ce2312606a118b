"""The engine is compiled before anybody waits for it, and only where that was never done."""

import asyncio
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
