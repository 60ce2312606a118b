"""Runs the command as a person does, in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

COMMAND = [sys.executable, "-c", "from clothingline.cli import main; main()"]
PATIENCE_SECONDS = 120


def environment(home: Path, **variables: str) -> dict[str, str]:
    """The variables of a process whose installation lies in `home` and who knows no other."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CLOTHINGLINE_", "XDG_", "PG"))}
    return {**kept, "CLOTHINGLINE_HOME": str(home), "XDG_CONFIG_HOME": str(home / "config"), **variables}


def run(home: Path, *arguments: str, stdin: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [*COMMAND, *arguments],
        env=environment(home, **variables),
        input=stdin,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


def start(home: Path, *arguments: str, **variables: str) -> subprocess.Popen[str]:
    """Start a command that runs until it is told to end; its talk is in `home/talk`."""
    with (home / "talk").open("w") as talk:
        return subprocess.Popen([*COMMAND, *arguments], env=environment(home, **variables), stderr=talk, text=True)
