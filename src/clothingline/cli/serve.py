"""`serve`: the web and the API."""

from typing import TYPE_CHECKING, Annotated

import typer

from clothingline.cli.exits import INTERRUPTED, Stop
from clothingline.cli.output import say

if TYPE_CHECKING:
    import socket

    from clothingline.cli.installation import Installation
    from clothingline.settings import Settings

WithWorker = Annotated[bool, typer.Option("--with-worker", help="Jalankan juga pekerjaan latar. / Run the jobs too.")]
Host = Annotated[str | None, typer.Option(help="Alamat jaringan. / Network address.")]
Port = Annotated[int | None, typer.Option(help="Nomor port. / Port number.", min=0, max=65_535)]
Seed = Annotated[bool, typer.Option("--seed", help="Isi data pilot. / Seed the pilot.")]


def serve(with_worker: WithWorker = False, host: Host = None, port: Port = None, seed: Seed = False) -> None:
    """Jalankan web dan API. / Serve the web and the API."""
    from clothingline.cli import installation, running
    from clothingline.cli.seeding import seed_pilot

    chosen = installation.read_settings()
    with _listen(host or chosen.host, chosen.port if port is None else port) as listening:
        say("Menyiapkan basis data … / Preparing the database …")
        with installation.opened(chosen) as opened:
            installation.require_newest_schema(opened.url)
            if seed or opened.may_play:
                seed_pilot(opened)
            _announce(chosen, opened, listening, with_worker=with_worker)
            # Who is led back from the provider's page comes to the port that was chosen.
            chosen.public_url = address(chosen, listening)
            interrupted = running.serve(opened, listening, address=chosen.public_url, with_worker=with_worker)
    if interrupted:
        raise typer.Exit(INTERRUPTED)


def _listen(host: str, port: int) -> "socket.socket":
    import socket

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(1024)
    except OSError as error:
        listening.close()
        raise Stop(
            f"{host}:{port} tidak dapat dipakai ({error.strerror}); pilih port lain dengan --port"
            " atau CLOTHINGLINE_PORT=8010 make run.",
            "it cannot be used; choose another port with --port or CLOTHINGLINE_PORT=8010 make run.",
        ) from error
    return listening


def address(chosen: "Settings", listening: "socket.socket") -> str:
    """Where people reach the service: the public URL that was set, else the socket's own address."""
    if "public_url" in chosen.model_fields_set:
        return chosen.public_url
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _announce(chosen: "Settings", opened: "Installation", listening: "socket.socket", *, with_worker: bool) -> None:
    from clothingline.cli.seeding import business_lead, lead_in_words

    say(f"clothingline: {address(chosen, listening)}")
    if opened.may_play:
        say(f"Coba dengan akun contoh: {address(chosen, listening)}/dev / Try it with the accounts of the pilot.")
    if ahead := business_lead(opened.url):
        far, english = lead_in_words(ahead)
        say(f"Waktu usaha {far} di depan jam biasa. / Business time is {english} ahead of the clock.")
    if not with_worker:
        say("Pekerjaan latar: `clothingline worker`. / Jobs run in `clothingline worker`.")
    say("Berhenti dengan Ctrl-C. / Ctrl-C stops it.")
