"""What to correct in a payload, one field at a time, in the reader's language."""

import re
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

# Pydantic's kinds of error that people meet; {limits} come from the error itself. Others keep Pydantic's own words.
_WORDS = {
    "missing": ("Wajib diisi.", "This field is required."),
    "extra_forbidden": ("Isian ini tidak dikenal; hapus.", "This field is unknown; remove it."),
    "string_type": ("Harus berupa teks.", "This must be text."),
    "string_too_short": (
        "Terlalu pendek; sedikitnya {min_length} huruf.",
        "Too short; at least {min_length} characters.",
    ),
    "string_too_long": (
        "Terlalu panjang; paling banyak {max_length} huruf.",
        "Too long; at most {max_length} characters.",
    ),
    "string_pattern_mismatch": ("Bentuknya tidak sesuai.", "This does not have the expected form."),
    "int_type": ("Harus bilangan bulat.", "This must be a whole number."),
    "int_parsing": ("Harus bilangan bulat.", "This must be a whole number."),
    "int_from_float": ("Harus bilangan bulat tanpa koma.", "This must be a whole number without a fraction."),
    "greater_than": ("Harus lebih dari {gt}.", "This must be more than {gt}."),
    "greater_than_equal": ("Sedikitnya {ge}.", "This must be at least {ge}."),
    "less_than": ("Harus kurang dari {lt}.", "This must be less than {lt}."),
    "less_than_equal": ("Paling banyak {le}.", "This must be at most {le}."),
    "bool_parsing": ("Harus ya atau tidak.", "This must be true or false."),
    "bool_type": ("Harus ya atau tidak.", "This must be true or false."),
    "date_from_datetime_parsing": ("Tulis tanggal sebagai TTTT-BB-HH.", "Write the date as YYYY-MM-DD."),
    "date_from_datetime_inexact": ("Tulis tanggal sebagai TTTT-BB-HH.", "Write the date as YYYY-MM-DD."),
    "date_parsing": ("Tulis tanggal sebagai TTTT-BB-HH.", "Write the date as YYYY-MM-DD."),
    "enum": ("Pilih salah satu: {expected}.", "Choose one of: {expected}."),
    "literal_error": ("Pilih salah satu: {expected}.", "Choose one of: {expected}."),
    "dict_type": ("Harus berupa daftar nama dan nilai.", "This must be a list of names and values."),
    "list_type": ("Harus berupa daftar.", "This must be a list."),
    "too_short": ("Isi sedikitnya {min_length}.", "Give at least {min_length}."),
    "too_long": ("Isi paling banyak {max_length}.", "Give at most {max_length}."),
    "json_invalid": ("Isi permintaan bukan JSON yang benar.", "The body is not valid JSON."),
    "model_attributes_type": ("Harus berupa objek JSON.", "This must be a JSON object."),
}
# A check of ours says it in both: "Tulis meter sebagai angka. (Write metres as a number.)"
_BOTH = re.compile(r"(?P<id>.+) \((?P<en>.+)\)", re.DOTALL)
_LIMITS = {"ge": "min", "gt": "min", "le": "max", "lt": "max", "min_length": "min", "max_length": "max"}


class Correction(BaseModel):
    """One field to correct."""

    model_config = ConfigDict(extra="allow")
    pointer: str = Field(description="JSON pointer of the field.", examples=["/measurements/chest_mm"])
    code: str = Field(description="Kind of mistake.", examples=["out_of_range"])
    message: str = Field(description="What to do.", examples=["Lingkar dada harus antara 50 dan 180 cm"])
    min: Any = Field(default=None, description="Smallest allowed value, where there is one.", examples=[500])
    max: Any = Field(default=None, description="Largest allowed value, where there is one.", examples=[1800])


def corrections(found: Sequence[Any], language: str) -> list[Correction]:
    """Pydantic's findings in plain words."""
    return [_correction(one, language) for one in found]


def _correction(one: dict[str, Any], language: str) -> Correction:
    limits = {_LIMITS[name]: value for name, value in one.get("ctx", {}).items() if name in _LIMITS}
    return Correction(pointer=_pointer(one["loc"]), code=one["type"], message=_message(one, language), **limits)


def _pointer(location: Sequence[object]) -> str:
    parts = location[1:] if location and location[0] in ("body", "query", "header") else location
    return "/" + "/".join(str(part) for part in parts)


def _message(one: dict[str, Any], language: str) -> str:
    facts = one.get("ctx", {})
    if one["type"] == "value_error":
        said = str(facts["error"])
        both = _BOTH.fullmatch(said)
        return both["id" if language == "id" else "en"] if both else said
    words = _WORDS.get(one["type"])
    if words is None:
        return str(one["msg"])
    if language == "id" and "expected" in facts:
        facts = {**facts, "expected": str(facts["expected"]).replace(" or ", " atau ")}
    return words[0 if language == "id" else 1].format_map(facts)
