"""What a seller writes into the forms about tax: its number, and why nothing is to be withheld."""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator

from clothingline.kit.http.plain import Line
from clothingline.taxes.schemas import Ground
from clothingline.web.forms import PageForm

_DIGITS = re.compile(r"[0-9]{15,16}")


def _without_marks(typed: Any) -> Any:
    """A number as cards show it, with dots and blanks: its digits."""
    return re.sub(r"[\s.\-/]", "", typed) if isinstance(typed, str) else typed


def _whole(number: str) -> str:
    if not _DIGITS.fullmatch(number):
        raise ValueError("Tulis 15 atau 16 angka NPWP atau NIK. (Write the 15 or 16 digits of the NPWP or NIK.)")
    return number


TypedNumber = Annotated[str, BeforeValidator(_without_marks), AfterValidator(_whole)]


class Taxed(PageForm):
    """Who the seller is to the tax office."""

    kind: Literal["person", "firm"]
    taxpayer: TypedNumber
    address: Line


class Declared(PageForm):
    """Why nothing is to be withheld, on which days, and which letter says so."""

    ground: Ground
    valid_from: date
    valid_until: date
    evidence: Line
