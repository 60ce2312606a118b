"""Closed doors: what one house may never take out of another."""

from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import Module, read

EDGE_ROOMS = {"routes", "pages", "tasks"}
MAY_OPEN_EDGE_ROOMS = {"app", "pages", "reactions"}


def private_names_stay_at_home(root: Path) -> list[str]:
    return [
        f"{module.path}:{line} takes the private {path}"
        for module in read(root)
        for line, path in sorted(
            {*_from_other_houses(module, module.imports()), *_from_other_houses(module, module.uses())}
        )
        if any(_is_private(part) for part in path.split("."))
    ]


def edges_are_opened_by_the_edge(root: Path) -> list[str]:
    """Routes, pages and tasks of a house are for `app`, the list of `pages` and `reactions` alone."""
    return [
        f"{module.path}:{line} opens {path}"
        for module in read(root)
        if module.house not in MAY_OPEN_EDGE_ROOMS
        for line, path in _from_other_houses(module, module.imports())
        if path.split(".")[2:3] and path.split(".")[2] in EDGE_ROOMS
    ]


def _from_other_houses(module: Module, paths: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    for line, path in paths:
        parts = path.split(".")
        if parts[0] == module.root and len(parts) > 1 and parts[1] != module.house:
            yield line, path


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")
