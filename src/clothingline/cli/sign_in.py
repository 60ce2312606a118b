"""`sign-in`: a token for this machine."""

import socket
import sys
from typing import Annotated

import typer

from clothingline.cli.calling import Api, TokenFile, default_token_file, write_token
from clothingline.cli.exits import USAGE, Stop
from clothingline.cli.output import say

Phone = Annotated[str, typer.Argument(help="Nomor telepon. / Phone number.")]


def sign_in(phone: Phone, token_file: TokenFile = None) -> None:
    """Masuk dengan kode sekali pakai dan simpan tokennya. / Sign in with a one-time code and keep the token."""
    api, kept = Api(), token_file or default_token_file()
    api.do("POST", "/v1/sign-in-codes", {"phone": phone})
    code = _ask("Kode dari pesan / code of the message: ")
    opened = api.do(
        "POST", "/v1/sessions", {"phone": phone, "code": code, "device": f"CLI {socket.gethostname()}"[:80]}
    )
    write_token(kept, opened["token"])
    say(f"Masuk sebagai {opened['account']}; token di {kept}. / Signed in.")


def _ask(question: str) -> str:
    print(question, end="", file=sys.stderr, flush=True)
    given = sys.stdin.readline().strip()
    if not given:
        raise Stop("kode belum diisi.", "no code was given.", code=USAGE)
    return given
