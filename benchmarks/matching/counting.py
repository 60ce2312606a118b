"""Counts how often each line of the kernels runs, uncompiled: `python -m benchmarks.matching.counting PICKLE JSON`.

Compiled code has no lines to look at; with `NUMBA_DISABLE_JIT=1` the same functions run as Python, some hundred times
slower, and a trace sees each line. Counts are the same every time, which times are not.
"""

import json
import linecache
import pickle
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clothingline.matching import kernels
from clothingline.matching.search.asking import Asker

KERNELS = str(Path(kernels.__file__).parent)
Lines = Counter[tuple[CodeType, CodeType, int]]
"""By kernel, function and line; the function is the kernel, or is written into it by the compiler."""


@dataclass(frozen=True, eq=False)
class Questions:
    """What is asked: of an asker, `orders` (n,) with their limits (n,), each alone, at one row of prices."""

    asker: Asker
    price: NDArray[np.int64]
    orders: NDArray[np.int64]
    limit: NDArray[np.int64]
    plans: int

    def ask(self) -> list[int]:
        """The values of all plans that are found."""
        values: list[int] = []
        for order, limit in zip(self.orders, self.limit, strict=True):
            one = (np.array([order]), self.asker.free, self.price, np.array([limit]), self.plans)
            values += self.asker.ask(*one).value.ravel().tolist()
        return values


def main(asked: str, counted: str) -> None:
    """Ask what is pickled in one file; write values and counts, kernel by kernel, to the other."""
    questions: Questions = pickle.loads(Path(asked).read_bytes())  # noqa: S301  # written by `lines`, just before
    with counting() as seen:
        values = questions.ask()
    Path(counted).write_text(json.dumps({"values": values, "kernels": by_kernel(seen)}))


@contextmanager
def counting(folder: str = KERNELS) -> Iterator[Lines]:
    """Count the lines of this thread that are from a folder."""
    seen: Lines = Counter()

    def call(frame: FrameType, _: str, __: Any) -> Callable[..., Any] | None:
        code, kernel = frame.f_code, _kernel(frame)
        if not code.co_filename.startswith(folder):
            return None

        def line(frame: FrameType, event: str, _: Any) -> Callable[..., Any]:
            if event == "line":
                seen[kernel, code, frame.f_lineno] += 1
            return line

        return line

    sys.settrace(call)
    try:
        yield seen
    finally:
        sys.settrace(None)


def _kernel(frame: FrameType) -> CodeType:
    """The kernel into which the function of a frame is written."""
    while _inlined(frame.f_code) and frame.f_back is not None:
        frame = frame.f_back
    return frame.f_code


@cache
def _inlined(code: CodeType) -> bool:
    return linecache.getline(code.co_filename, code.co_firstlineno).strip() == "@inlined"


def by_kernel(seen: Lines) -> list[dict[str, Any]]:
    """The counts of each kernel as rows of file, function, line and count, its own lines first; the busiest first."""
    found: dict[CodeType, list[tuple[bool, str, str, int, int]]] = {}
    for (kernel, code, number), times in seen.items():
        row = (code is not kernel, Path(code.co_filename).name, code.co_name, number, times)
        found.setdefault(kernel, []).append(row)
    named = [
        {"file": Path(kernel.co_filename).name, "name": kernel.co_name, "lines": [row[1:] for row in sorted(rows)]}
        for kernel, rows in found.items()
    ]
    return sorted(named, key=lambda one: (-sum(row[3] for row in one["lines"]), one["file"], one["name"]))


if __name__ == "__main__":
    main(*sys.argv[1:])
