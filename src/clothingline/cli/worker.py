"""`worker`: the jobs."""

import typer

from clothingline.cli.exits import INTERRUPTED
from clothingline.cli.output import say


def work() -> None:
    """Jalankan pekerjaan latar. / Run the jobs."""
    from clothingline.cli import installation, running

    chosen = installation.read_settings()
    with installation.opened(chosen) as opened:
        installation.require_newest_schema(opened.url)
        say("Pekerja siap; berhenti dengan Ctrl-C. / The worker is ready; Ctrl-C stops it.")
        interrupted = running.work(opened)
    if interrupted:
        raise typer.Exit(INTERRUPTED)
