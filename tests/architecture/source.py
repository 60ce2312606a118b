"""A Python tree as the rules see it: modules with their names resolved, never imported."""

import ast
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from io import StringIO
from pathlib import Path

type_of_function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One file. `name` is dotted from the root folder (`clothingline.orders.service`), `path` is for people."""

    name: str
    path: str
    text: str
    is_package: bool

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @cached_property
    def walked(self) -> list[ast.AST]:
        """Every node of the tree."""
        return list(ast.walk(self.tree))

    @property
    def house(self) -> str:
        """The child of the root in which the module stands; the root itself for the root's own file."""
        return self.name.split(".")[min(1, self.name.count("."))]

    @property
    def root(self) -> str:
        return self.name.split(".")[0]

    def nodes(self, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
        return (node for node in self.walked if isinstance(node, kinds))

    def functions(self) -> Iterator[type_of_function]:
        return (node for node in self.walked if isinstance(node, type_of_function))

    def comments(self) -> Iterator[tuple[int, str]]:
        tokens = tokenize.generate_tokens(StringIO(self.text).readline)
        return ((token.start[0], token.string) for token in tokens if token.type == tokenize.COMMENT)

    def imports(self) -> Iterator[tuple[int, str]]:
        """Every imported thing as (line, dotted path): `from a.b import c` gives `a.b.c`."""
        for node in self.walked:
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((node.lineno, f"{self._origin(node)}.{alias.name}") for alias in node.names)

    @cached_property
    def bound(self) -> dict[str, str]:
        """What an imported name stands for: after `import datetime as dt`, `dt` is `datetime`."""
        names: dict[str, str] = {}
        for node in self.walked:
            if isinstance(node, ast.Import):
                names |= dict(map(_bound, node.names))
            elif isinstance(node, ast.ImportFrom):
                names |= {a.asname or a.name: f"{self._origin(node)}.{a.name}" for a in node.names}
        return names

    def uses(self) -> Iterator[tuple[int, str]]:
        """Every name or attribute chain that starts at an import, as (line, dotted path)."""
        for node in self.nodes(ast.Name, ast.Attribute):
            path = self.dotted(node)
            if path is not None:
                yield node.lineno, path  # type: ignore[attr-defined]  # names and attributes always have a line

    def dotted(self, node: ast.AST) -> str | None:
        """`dt.datetime.now` as `datetime.datetime.now`; None when it does not start at an import."""
        if isinstance(node, ast.Name):
            return self.bound.get(node.id)
        if isinstance(node, ast.Attribute):
            before = self.dotted(node.value)
            return f"{before}.{node.attr}" if before else None
        return None

    def _origin(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        here = self.name.split(".") if self.is_package else self.name.split(".")[:-1]
        return ".".join([*here[: len(here) - node.level + 1], *filter(None, [node.module])])


def read(root: Path) -> list[Module]:
    """All modules under the folder `root`, which gives the first part of their names."""
    return [_module(root, file) for file in sorted(root.rglob("*.py"))]


def _bound(alias: ast.alias) -> tuple[str, str]:
    """`import a.b` binds `a`, `import a.b as c` binds `c` to `a.b`."""
    first = alias.name.split(".")[0]
    return (alias.asname, alias.name) if alias.asname else (first, first)


def _module(root: Path, file: Path) -> Module:
    relative = file.relative_to(root.parent)
    is_package = file.name == "__init__.py"
    parts = relative.parent.parts if is_package else relative.with_suffix("").parts
    return _read_once(".".join(parts), relative.as_posix(), file.read_text(encoding="utf-8"), is_package)


@cache
def _read_once(name: str, path: str, text: str, is_package: bool) -> Module:  # as the fields stand
    """Every rule reads the same tree: it is parsed for the first."""
    return Module(name, path, text, is_package)
