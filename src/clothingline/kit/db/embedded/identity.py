"""As whom the server runs. PostgreSQL refuses to run as root, so root has to appear as somebody else.

In a user namespace root is *called* nobody but opens files as the real root: nothing is chowned, no user is made, and
neither the data nor the programs need to be readable for others. Where namespaces are forbidden (many containers) the
server becomes nobody in earnest, and the data directory is given to it.
"""

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from clothingline.kit.db.embedded.errors import EmbeddedServerError


@dataclass(frozen=True)
class Identity:
    """`prefix` goes before the program; `user` and `group` are None when the process keeps its own."""

    prefix: tuple[str, ...] = ()
    user: int | None = None
    group: int | None = None

    def own(self, folder: Path) -> None:
        """Give a folder and all that is in it to this identity."""
        if self.user is None or self.group is None or folder.lstat().st_uid == self.user:
            return
        for below, folders, files in os.walk(folder):
            for name in (*folders, *files):
                os.chown(os.path.join(below, name), self.user, self.group, follow_symlinks=False)
        os.chown(folder, self.user, self.group)  # last: a hand-over that was cut short is done again

    def let_in(self, folder: Path) -> None:
        """Let this identity walk through a folder to what it owns inside; it still cannot list it."""
        if self.user is not None:
            folder.chmod(stat.S_IMODE(folder.stat().st_mode) | 0o111)


def choose_identity(data_dir: Path) -> Identity:
    """Whoever may read `data_dir`: its owner where it belongs to somebody, else a nobody in name, else nobody."""
    if os.geteuid() != 0:
        return Identity()
    if data_dir.exists() and (owner := data_dir.stat()).st_uid != 0:
        return Identity(user=owner.st_uid, group=owner.st_gid)
    nobody = _nobody()
    mask = _mask(nobody.pw_uid, nobody.pw_gid)
    if may_mask(mask):
        return Identity(prefix=mask)
    return Identity(user=nobody.pw_uid, group=nobody.pw_gid)


@cache
def may_mask(mask: tuple[str, ...]) -> bool:
    """Whether this machine lets us make a user namespace."""
    if shutil.which(mask[0]) is None:
        return False
    # S603: the mask holds nothing but two numbers of ours
    return subprocess.run([*mask, "true"], capture_output=True, check=False).returncode == 0  # noqa: S603  # fixed arguments, no shell


def _mask(user: int, group: int) -> tuple[str, ...]:
    return ("unshare", "--user", f"--map-user={user}", f"--map-group={group}", "--")


def _nobody() -> pwd.struct_passwd:
    # initdb looks the name up, so it must be somebody whom the system knows.
    known = [entry for entry in pwd.getpwall() if entry.pw_uid != 0]
    for entry in sorted(known, key=lambda entry: entry.pw_name != "nobody"):
        return entry
    raise EmbeddedServerError(
        "PostgreSQL tidak boleh berjalan sebagai root dan tidak ada pengguna lain: jalankan sebagai pengguna biasa.",
        "PostgreSQL may not run as root and there is no other user: run this as an ordinary user.",
    )
