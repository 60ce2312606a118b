"""How kernels are compiled: to machine code that is kept on disk, and that runs without the lock of the interpreter.

A kernel allocates nothing, so that no array needs to be counted: that nearly halves the time to compile and makes calls
much cheaper. Those that make arrays of their own are `allocating`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])

ALWAYS: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy"}
UNCOUNTED: dict[str, Any] = ALWAYS | {"_nrt": False}


def kernel(function: Function) -> Function:
    """A function on arrays that makes none."""
    return _compiled(function, UNCOUNTED)


def inlined(function: Function) -> Function:
    """A short kernel that is written into its callers."""
    return _compiled(function, UNCOUNTED | {"inline": "always"})


def allocating(function: Function) -> Function:
    """A function that makes arrays."""
    return _compiled(function, ALWAYS)


def _compiled(function: Function, how: dict[str, Any]) -> Function:
    compiled: Any = njit(**how)(function)
    ready: Function = compiled
    return ready
