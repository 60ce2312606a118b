"""Which browser the tests drive, and how it comes onto a machine that has none.

    python -m tests.browser.finding .venv/browser    find or install one, and note where it is

`CHROMIUM` names one; else the commands of this machine are asked, then Playwright's own download. A machine that has
none gets Debian's where we may install packages, else Playwright's. Nothing is passed over in silence: without a
browser this ends with one sentence and the status 1.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# One of the families that our pages name comes along: the fallback of a bare machine is wider than any phone's.
PACKAGES = ("chromium", "fonts-noto-core", "fonts-noto-color-emoji")
INSTALL_SECONDS = 900
NONE = (
    "No browser for the tests: install Chromium or Chrome, or name one with CHROMIUM=/path/to/chromium "
    "(as root on Debian: apt-get install {packages})."
)
Run = Callable[[Sequence[str]], bool]


class NoBrowser(SystemExit):
    """There is none, and none could be installed; the text says what to do."""

    def __init__(self, why: str = NONE.format(packages=" ".join(PACKAGES))) -> None:
        super().__init__(why)


def find(environment: Mapping[str, str] = os.environ) -> str | None:
    """Path of a browser. Raises `NoBrowser` when the one that was named is not there."""
    if named := environment.get("CHROMIUM"):
        if found := shutil.which(named, path=environment.get("PATH")):
            return found
        raise NoBrowser(f"CHROMIUM={named} is not a program that can be run.")
    on_path = (shutil.which(command, path=environment.get("PATH")) for command in COMMANDS)
    return next(filter(None, on_path), None) or _downloaded(environment)


def require() -> str:
    """Path of the browser. Raises `NoBrowser`."""
    if found := find():
        return found
    raise NoBrowser


def find_or_install(run: Run, environment: Mapping[str, str] = os.environ, *, root: bool) -> str:
    """Path of a browser that is here or comes now. Raises `NoBrowser`."""
    ways = iter(_ways(environment, root=root))
    while (found := find(environment)) is None:
        if (install := next(ways, None)) is None:
            raise NoBrowser
        _ = all(run(command) for command in install)
    return found


def _ways(environment: Mapping[str, str], *, root: bool) -> list[list[list[str]]]:
    """Installations that may work here, the likelier first: each a row of commands."""
    apt = shutil.which("apt-get", path=environment.get("PATH"))
    install = ["install", "--yes", "--no-install-recommends", *PACKAGES]
    debian = [[[apt, "--quiet", "update"], [apt, "--quiet", *install]]] if apt and root else []
    return [*debian, [[sys.executable, "-m", "playwright", "install", "chromium"]]]


def _downloaded(environment: Mapping[str, str]) -> str | None:
    """The newest that Playwright has downloaded."""
    home = environment.get("PLAYWRIGHT_BROWSERS_PATH") or Path(environment.get("HOME", "/")) / ".cache/ms-playwright"
    found = [path for path in Path(home).glob("chromium-*/chrome-*/*") if path.name in {"chrome", "chrome.exe"}]
    return str(max(found, key=lambda path: path.stat().st_mtime)) if found else None


def _run(command: Sequence[str]) -> bool:
    print("The tests need a browser:", " ".join(command), flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        return subprocess.run(command, env=environment, timeout=INSTALL_SECONDS, check=False).returncode == 0
    except subprocess.TimeoutExpired:
        return False


if __name__ == "__main__":
    here = find_or_install(_run, root=os.geteuid() == 0)
    Path(sys.argv[1]).write_text(f"{here}\n")
    print("Browser of the tests:", here)
