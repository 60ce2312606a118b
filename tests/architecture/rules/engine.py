"""The engine is pure: arrays in, arrays out; no file, no clock, no chance without a seed.

Two threads call the kernels, and the digest of their own sources says where the compiled ones are kept."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import Module, read

ARRAYS = {"numpy", "numba"}
FOR_KERNELS = ARRAYS | {"__future__", "collections", "math", "typing"}
PLAIN = """abc bisect collections concurrent copy dataclasses enum functools hashlib heapq importlib itertools operator
struct"""
FOR_THE_ENGINE = FOR_KERNELS | set(PLAIN.split())
ARGUMENTS, LINES = 8, 60
INPUT_OR_OUTPUT = {"open", "print", "input", "exec", "eval", "breakpoint"}
SEEDED = {
    "numpy.random",
    "numpy.random.default_rng",
    "numpy.random.Generator",
    "numpy.random.PCG64",
    "numpy.random.SeedSequence",
}


def the_engine_imports_arrays_only(root: Path) -> list[str]:
    return _strangers(root, "matching", FOR_THE_ENGINE)


def kernels_import_arrays_only(root: Path) -> list[str]:
    return _strangers(root, "matching.kernels", FOR_KERNELS)


def kernels_are_small(root: Path) -> list[str]:
    """What is compiled takes few arguments and fits on a page."""
    return [
        f"{module.path}:{kernel.lineno} {kernel.name}: {arguments} arguments and {lines} lines"
        for module in _inside(root, "matching.kernels")
        for kernel in module.functions()
        for arguments, lines in [(len(kernel.args.args), (kernel.end_lineno or kernel.lineno) - kernel.lineno + 1)]
        if arguments > ARGUMENTS or lines > LINES
    ]


def the_engine_does_no_input_or_output(root: Path) -> list[str]:
    return [
        f"{module.path}:{call.lineno} calls {call.func.id}"
        for module in _inside(root, "matching")
        for call in _calls(module)
        if isinstance(call.func, ast.Name) and call.func.id in INPUT_OR_OUTPUT
    ]


def chance_has_a_seed(root: Path) -> list[str]:
    """Only `default_rng(seed)` and its parts: the module-wide generator of numpy is shared and hidden."""
    return [
        finding for module in _inside(root, "matching") for finding in (*_hidden_chance(module), *_unseeded(module))
    ]


def _hidden_chance(module: Module) -> Iterator[str]:
    for line, path in module.uses():
        if path.startswith("numpy.random") and path not in SEEDED:
            yield f"{module.path}:{line} draws from {path}"


def _unseeded(module: Module) -> Iterator[str]:
    for call in _calls(module):
        if module.dotted(call.func) == "numpy.random.default_rng" and not call.args and not call.keywords:
            yield f"{module.path}:{call.lineno} draws without a seed"


def _strangers(root: Path, part: str, allowed: set[str]) -> list[str]:
    own = f"{root.name}.{part}"
    return [
        f"{module.path}:{line} imports {path}"
        for module in _inside(root, part)
        for line, path in module.imports()
        if path.split(".")[0] not in allowed and not _is_within(path, own)
    ]


def _inside(root: Path, part: str) -> Iterator[Module]:
    return (module for module in read(root) if _is_within(module.name, f"{root.name}.{part}"))


def _is_within(path: str, package: str) -> bool:
    return path == package or path.startswith(package + ".")


def _calls(module: Module) -> Iterator[ast.Call]:
    return (node for node in module.walked if isinstance(node, ast.Call))
