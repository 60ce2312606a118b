"""Order intake, quotes and lists over HTTP: prints what was found beside the bars, and keeps it as JSON."""

import json
import platform
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from os import getloadavg
from typing import Any

from benchmarks import ground, intake, lists, processes, quotes
from benchmarks.intake import Compared, Figures
from benchmarks.lists import Counted
from benchmarks.machine import machine
from benchmarks.quotes import Quoted
from benchmarks.wishes import SEED, Wardrobe, wishes

FILE = ground.ROOT / "docs" / "benchmarks" / "http.json"
SHARE, QUOTE_P95_MS = 0.5, 50
NAMED = ("fastapi", "starlette", "pydantic", "sqlalchemy", "psycopg", "uvicorn", "uvloop", "numpy")


@dataclass(frozen=True)
class Report:
    """Everything that a run has found."""

    setting: dict[str, Any]
    intake: dict[str, Compared]
    quotes: Quoted
    lists: list[Counted]


def main() -> None:
    """The whole run."""
    started, busy = time.monotonic(), getloadavg()[0]
    with ground.laid(intake.CONNECTIONS) as laid, laid.connect() as connection:
        wardrobe, today = Wardrobe.of(connection), datetime.now(UTC).date()
        count = max(intake.WARM_UP + intake.COUNTED, quotes.ASKED + quotes.AT_A_TIME)
        wished = wishes(wardrobe, today, count=count, nearest=30, farthest=60)
        setting = _setting(str(connection.info.server_version // 10_000), busy)
        with processes.app() as app:
            _print_setting(setting)
            _print_intake(compared := intake.measure(laid, app, wished))
            _print_quotes(quoted := quotes.measure(laid, app, wished))
            _print_lists(counted := lists.measure(laid))
    setting["seconds"] = round(time.monotonic() - started)
    report = Report(setting, compared, quoted, counted)
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(json.dumps(asdict(report), indent=2) + "\n")
    print(f"→ {FILE.relative_to(ground.ROOT)}")


def _setting(postgres: str, busy: float) -> dict[str, Any]:
    return {
        "machine": machine(),
        "load_before": round(busy, 1),
        "versions": {"python": platform.python_version(), "postgres": postgres, **{one: version(one) for one in NAMED}},
        "instance": "pilot; 60 % single pieces, runs of 12, 24, 36, 60; two processes a side",
        "server": "fsync on; settings of production",
        "seed": SEED,
        "budget": {
            "connections": intake.CONNECTIONS,
            "warm_up": intake.WARM_UP,
            "counted": intake.COUNTED,
            "rounds": intake.ROUNDS,
            "quotes": quotes.ASKED,
        },
    }


def _print_setting(setting: dict[str, Any]) -> None:
    for name, value in setting.items():
        print(f"{name:12} {value}", flush=True)


def _print_intake(compared: dict[str, Compared]) -> None:
    for name, found in compared.items():
        print(f"\nOrder intake over HTTP, {name} (median, lowest – highest of {found.rounds} rounds)")
        _print_side("service", found.service)
        for floor, figures in found.floors.items():
            _print_side(floor, figures)
        shares = ", ".join(f"{_spread(share, 2)} of the {floor}" for floor, share in found.shares.items())
        print(f"  share of the floors' throughput: {shares}; bar ≥ {SHARE} of a bare endpoint", flush=True)


def _print_side(name: str, side: Figures) -> None:
    print(
        f"  {name:22} {_spread(side.per_second, 0)} a second · p50 {_spread(side.p50, 1)} ms"
        f" · p99 {_spread(side.p99, 1)} ms · processor {_spread(side.processor_ms, 2)} ms a request"
    )


def _print_quotes(found: Quoted) -> None:
    print(f"\nQuotes with the pilot: {found.asked} asked, {found.priced} priced, {found.refused} refused")
    print(
        f"  p50 {found.p50:.1f} ms, p95 {found.p95:.1f} ms, p99 {found.p99:.1f} ms, bar p95 ≤ {QUOTE_P95_MS} ms",
        flush=True,
    )


def _print_lists(found: list[Counted]) -> None:
    print("\nStatements of each list (rows shown; budget)")
    for one in found:
        print(f"  {one.operation:28} {one.statements} ({one.rows}; {one.budget})")


def _spread(found: tuple[float, float, float], digits: int) -> str:
    median, low, high = (f"{one:.{digits}f}" for one in found)
    return f"{median} ({low} – {high})"
