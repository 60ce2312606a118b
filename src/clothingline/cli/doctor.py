"""`doctor`: is everything well?"""

import typer

from clothingline.cli.exits import FAILED
from clothingline.cli.output import AsJson, AsPlain, show

COLUMNS = {"check": "PERIKSA", "ok": "BAIK", "detail": "KETERANGAN"}


def examine(as_json: AsJson = False, as_plain: AsPlain = False) -> None:
    """Periksa pemasangan; selesai dengan 1 bila ada yang salah. / Examine the installation; 1 if something is wrong."""
    from clothingline.cli.health import examine_all

    findings = examine_all()
    rows = [{"check": one.check, "ok": one.ok, "detail": one.detail} for one in findings]
    show(rows, COLUMNS, as_json=as_json, as_plain=as_plain)
    if not all(one.ok for one in findings):
        raise typer.Exit(FAILED)
