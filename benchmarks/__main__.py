"""Runs the parts that are named, or both: `http` and `matching`."""

import sys

from benchmarks import over_http
from benchmarks.matching import report

PARTS = {"http": over_http.main, "matching": report.main}


def main(*names: str) -> None:
    """Each part prints what it finds and keeps it under `docs/benchmarks/`."""
    for name in names or PARTS:
        PARTS[name]()


if __name__ == "__main__":
    main(*sys.argv[1:])
