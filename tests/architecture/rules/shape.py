"""How long a file and a function may be, what things are called, and that public things are documented."""

import ast
import statistics
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.source import Module, read, type_of_function

FILE_LINES = 300
MEDIAN_LINES = 6
P90_LINES = 25
NAMELESS = {"util", "utils", "helper", "helpers", "common", "base", "manager", "managers", "misc"}


@dataclass(frozen=True)
class Lengths:
    """Lines of the function bodies of a tree, docstrings left out; `longest` names the ten longest."""

    count: int
    median: float
    p90: int
    longest: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"{self.count} functions, median {self.median:g} lines, p90 {self.p90}; longest: {', '.join(self.longest)}"
        )


def files_are_short(root: Path) -> list[str]:
    lengths = ((module, len(module.text.splitlines())) for module in read(root))
    return [
        f"{module.path}: {lines} lines, {FILE_LINES} are allowed" for module, lines in lengths if lines > FILE_LINES
    ]


def functions_are_short(root: Path) -> list[str]:
    found = measure(root)
    too_long = found.median > MEDIAN_LINES or found.p90 > P90_LINES
    return [f"{found} (allowed: median {MEDIAN_LINES}, p90 {P90_LINES})"] if too_long else []


def modules_are_named_after_the_trade(root: Path) -> list[str]:
    return [f"{module.path}: say what it is about" for module in read(root) if NAMELESS & set(module.name.split("."))]


def services_are_functions(root: Path) -> list[str]:
    return [
        f"{module.path}:{node.lineno} class {node.name}: write functions"
        for module in read(root)
        for node in module.walked
        if isinstance(node, ast.ClassDef) and node.name.endswith("Service")
    ]


def public_things_are_documented(root: Path) -> list[str]:
    """Public is what stands at the top of a module without an underscore."""
    return [
        f"{module.path}:{node.lineno} {node.name} has no docstring"
        for module in read(root)
        for node in module.tree.body
        if isinstance(node, type_of_function | ast.ClassDef) and _is_public(node.name) and not ast.get_docstring(node)
    ]


def measure(root: Path) -> Lengths:
    """Lengths of all functions and methods under `root`, nested ones too."""
    found = sorted(_named_lengths(read(root)), reverse=True)
    lines = sorted(length for length, _ in found) or [0]
    longest = tuple(f"{name} {length}" for length, name in found[:10])
    return Lengths(len(found), statistics.median(lines), lines[int(0.9 * len(lines))], longest)


def _named_lengths(modules: list[Module]) -> list[tuple[int, str]]:
    return [(_length(f), f"{module.path}:{f.lineno} {f.name}") for module in modules for f in module.functions()]


def _length(function: type_of_function) -> int:
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return (function.end_lineno or function.lineno) - body[0].lineno + 1 if body else 1


def _is_public(name: str) -> bool:
    return not name.startswith("_")
