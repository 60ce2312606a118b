"""From facts to the bytes of a PDF/A-2b: the same facts are the same bytes, on every machine.

Nothing is taken from the machine: the fonts are those inside typst, and the time is the document's own.
"""

import io
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, Final

from clothingline.kit.clock import WIB, local_date
from clothingline.papers.kinds import sheet_of
from clothingline.papers.printable import STANDARD, printable
from clothingline.papers.words import amount, day, in_words

INK: Final = "#16335F"
ISSUER: Final = {"name": "clothingline", "about": "Busana pesanan Indonesia · Custom-made clothing of Indonesia"}


class Unprintable(Exception):
    """The template does not take these facts."""


def render(kind: str, *, number: str, issued_at: datetime, facts: Mapping[str, Any]) -> bytes:
    """The PDF of a paper; `facts` hold its `verify_url` and what its kind asks for. Raises `Unprintable`."""
    import typst  # noqa: PLC0415  # help must answer before anything as large is loaded

    try:
        inputs = {
            "sheet": json.dumps(_page(kind, number, issued_at, facts)),
            "code": _code(facts["verify_url"]),
        }
        printed_at = issued_at.astimezone(WIB).replace(microsecond=0)  # a PDF counts whole seconds
        return typst.compile(
            template(), sys_inputs=inputs, ignore_system_fonts=True, pdf_standards=[STANDARD], timestamp=printed_at
        )
    except (typst.TypstError, LookupError, TypeError, ValueError) as error:
        raise Unprintable(f"{kind} {number}: {error}") from error


def _page(kind: str, number: str, issued_at: datetime, facts: Mapping[str, Any]) -> dict[str, Any]:
    sheet = sheet_of(kind, facts)
    return {
        **printable(asdict(sheet)),
        "number": number,
        "day": day(local_date(issued_at)),
        "issuer": ISSUER,
        "amount": amount(sheet.total_idr),
        "in_words": in_words(sheet.total_idr).replace(" rupiah", "\u00a0rupiah"),
        "verify_shown": str(facts["verify_url"]).partition("://")[2],
    }


def _code(url: str) -> str:
    """The QR code of an address, as SVG."""
    import segno  # noqa: PLC0415  # as above

    drawn = io.BytesIO()
    segno.make(url, error="m").save(drawn, kind="svg", border=0, dark=INK, xmldecl=False)
    return drawn.getvalue().decode()


@cache
def template() -> bytes:
    """The one template, data of the package."""
    return files("clothingline.papers").joinpath("data", "paper.typ").read_bytes()


@cache
def template_version() -> str:
    """Which template: the beginning of its digest."""
    return sha256(template()).hexdigest()[:12]
