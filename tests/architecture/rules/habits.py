"""Who commits, who reads the clock, how SQL is written, what money is made of, and that exceptions say why."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import Module, read

ENDS_OF_A_TRANSACTION = {"commit", "rollback"}
WALL_CLOCKS = {
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "time.time",
    "time.time_ns",
}
STOPWATCHES = {"time.monotonic", "time.monotonic_ns", "time.perf_counter", "time.perf_counter_ns", "time.process_time"}
TAKES_SQL = {"text", "execute", "executemany", "exec_driver_sql", "scalar", "scalars", "stream", "SQL", "DDL"}
# Houses that handle money; `papers` joins paths with a slash.
MONEY = {"earnings", "ledger", "orders", "payments", "payouts", "reconciliation", "taxes"}
MONEY_IN_KIT = ("kit.money", "kit.http.amounts")
DIRECTIVE = re.compile(
    r"(?:ruff:\s*)?noqa(?::\s*[A-Z]+\d+(?:[,\s]+[A-Z]+\d+)*)?|type:\s*ignore(?:\[[^\]]*\])?"
    r"|pragma:\s*no\s+\w+|mypy:\s*\S+|nosec\b"
)
REASON = re.compile(r"\w+\W+\w+")


def only_kit_commits(root: Path) -> list[str]:
    return [
        f"{module.path}:{node.lineno} says {node.attr}; the transaction ends in kit"
        for module in read(root)
        if module.house != "kit"
        for node in module.walked
        if isinstance(node, ast.Attribute) and node.attr in ENDS_OF_A_TRANSACTION
    ]


def only_the_clock_reads_the_clock(root: Path) -> list[str]:
    """Stopwatches are allowed anywhere in kit, the wall clock in `kit/clock.py` alone."""
    return [
        f"{module.path}:{line} reads {path}; take `now` as an argument"
        for module in read(root)
        for line, path in module.uses()
        if path in _clocks_closed_to(module)
    ]


def sql_is_never_built_from_strings(root: Path) -> list[str]:
    return [
        f"{module.path}:{call.lineno} builds SQL from strings; bind parameters or use psycopg.sql"
        for module in read(root)
        for call in module.walked
        if isinstance(call, ast.Call)
        and _name(call.func) in TAKES_SQL
        and call.args
        and _is_built(call.args[0], module)
    ]


def money_knows_no_float(root: Path) -> list[str]:
    """A float literal, the word `float` and a true division all bring a float near money."""
    return [
        f"{module.path}:{node.lineno} brings a float near money"  # type: ignore[attr-defined]  # these three have lines
        for module in read(root)
        if module.house in MONEY or _is_in(module.name.removeprefix(f"{root.name}."), MONEY_IN_KIT)
        for node in module.walked
        if _is_float(node)
    ]


def exceptions_say_why(root: Path) -> list[str]:
    """Beside `noqa`, `type: ignore` and their like stand at least two words of reason."""
    return [
        f"{module.path}:{line} says not why: {comment}"
        for module in read(root)
        for line, comment in module.comments()
        if DIRECTIVE.search(comment) and not REASON.search(DIRECTIVE.sub("", comment))
    ]


def _is_in(name: str, modules: tuple[str, ...]) -> bool:
    return any(f"{name}.".startswith(f"{module}.") for module in modules)


def _clocks_closed_to(module: Module) -> set[str]:
    if module.name == f"{module.root}.kit.clock":
        return set()
    return WALL_CLOCKS if module.house == "kit" else WALL_CLOCKS | STOPWATCHES


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _is_built(node: ast.expr, module: Module) -> bool:
    if isinstance(node, ast.Name):
        return any(_is_built_here(value) for value in _assigned(node.id, module))
    return _is_built_here(node)


def _assigned(name: str, module: Module) -> Iterator[ast.expr]:
    for node in module.walked:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in node.targets):
            yield node.value


def _is_built_here(node: ast.expr) -> bool:
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.Mod | ast.Add) and any(_is_text(leaf) for leaf in ast.walk(node))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr in {"format", "join"} and _is_text(node.func.value)
    return False


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _is_float(node: ast.AST) -> bool:
    is_literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
    is_word = isinstance(node, ast.Name) and node.id == "float"
    return is_literal or is_word or (isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div))
