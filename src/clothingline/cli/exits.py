"""How a command ends: the exit codes, and the one line that says why."""

from typing import Final

OK: Final = 0
FAILED: Final = 1
USAGE: Final = 2
NOT_FOUND: Final = 3
CONFLICT: Final = 4
INFEASIBLE: Final = 5
INTERRUPTED: Final = 130


class Stop(Exception):
    """The command cannot go on: one line, Indonesian first, then English, and the exit code."""

    def __init__(self, indonesian: str, english: str, *, code: int = FAILED) -> None:
        super().__init__(" ".join(f"Kesalahan: {indonesian} / {english}".split()))
        self.code = code
