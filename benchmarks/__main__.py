"""Runs the named parts: `http`, `pages`, `matching`, `seasons`, `lines`; or `quick`: matching, small, in a minute.

Without a name all but the last; `--quick` is another word for `quick`.
"""

import sys

from benchmarks import over_http, pages
from benchmarks.matching import lines, report, sharing

PARTS = {
    "http": over_http.main,
    "pages": pages.main,
    "matching": report.main,
    "seasons": sharing.main,
    "lines": lines.main,
}
DAILY = {"quick": report.quick}


def main(*names: str) -> None:
    """Each part prints what it finds and keeps it: under `docs/benchmarks/`, what is quick under `.local/`."""
    for name in names or PARTS:
        (PARTS | DAILY)[name.removeprefix("--")]()


if __name__ == "__main__":
    main(*sys.argv[1:])
