"""The engine's kernels are compiled once for a machine, before anybody waits for a plan."""

import asyncio
import os
import pickle
import sys
from pathlib import Path

import structlog

from clothingline import matching
from clothingline.cli.output import say
from clothingline.matching import Iterations, compiled
from clothingline.routing.files.example import Size, example

log = structlog.get_logger("clothingline")
SMALL = Size(orders=24, brands=6, makers=8, lots=10, weeks=4)
"""Scarce enough that every part of a search has something to do."""
DONE = "warm"
"""An empty file beside the kernels that says that all of them are there."""


def kept() -> bool:
    """Whether the kernels were compiled here before; what a loss of power tore is dropped and counts as not kept."""
    done = Path(compiled.FOLDER) / DONE
    if torn := drop_torn():
        log.warning("torn kernels dropped; they are compiled again", files=torn)
        done.unlink(missing_ok=True)
    return done.exists()


def drop_torn() -> list[str]:
    """Delete the kept files that do not begin and end as a pickle does, and name them.

    A machine that lost its power leaves such files. The compiler takes a missing file as not yet compiled, but a torn
    one fails every plan from then on.
    """
    torn = [file for file in sorted(Path(compiled.FOLDER).rglob("*.nb[ic]")) if not _is_whole(file)]
    for file in torn:
        file.unlink(missing_ok=True)
    return [file.name for file in torn]


def _is_whole(kept: Path) -> bool:
    with kept.open("rb") as file:
        if file.read(1) != pickle.PROTO:
            return False
        file.seek(-1, os.SEEK_END)
        return file.read(1) == pickle.STOP


def warm() -> None:
    """Let every kernel of a search be compiled and kept."""
    if kept():
        say("Mesin pencocokan sudah siap. / The engine is compiled already.")
        return
    say("Menyiapkan mesin pencocokan, sekali, sekitar satu menit … / Compiling the engine, once, about a minute …")
    instance = example(SMALL, 1)
    matching.route(instance.problem, instance.params, Iterations(20))
    Path(compiled.FOLDER).mkdir(parents=True, exist_ok=True)
    (Path(compiled.FOLDER) / DONE).touch()
    say("Siap. / Ready.")


async def beside() -> None:
    """Where nothing is kept, let a process of its own compile, which gives way to whoever waits for an answer: the
    first search would hold everything up."""
    if kept():
        return
    command = "from clothingline.cli import main; main()", "match", "warm"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", *command, stdout=asyncio.subprocess.DEVNULL, preexec_fn=lambda: os.nice(10)
    )
    try:
        if await process.wait():
            log.warning("engine not compiled; the first plan will wait for it")
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
