"""The typed schema of a design's options: what may be chosen, and what each choice adds to one piece. Pure.

A `choice` takes one of its choices. A `flag` is true or false and a `text` is written by the consumer; each of them may
list one choice, whose additions count when the flag is true or the text is not empty.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictStr

from clothingline.kit.errors import Invalid
from clothingline.kit.http.plain import Line
from clothingline.reference import facts

CODE = r"^[a-z][a-z0-9_]{0,39}$"
LONGEST_TEXT = 120


class Choice(BaseModel):
    """One choice and what it adds to one piece; seconds are standard time in series."""

    model_config = ConfigDict(extra="forbid")
    code: str = Field(pattern=CODE, description="Word for machines.", examples=["panjang"])
    label_id: Line = Field(description="Label in Indonesian.", examples=["Lengan panjang"])
    label_en: Line = Field(description="Label in English.", examples=["Long sleeves"])
    extra_idr: int = Field(0, ge=0, le=10_000_000, strict=True, description="Adds rupiah.", examples=[5000])
    extra_seconds: int = Field(0, ge=0, le=36_000, strict=True, description="Adds standard time.", examples=[180])
    extra_cloth_cm: int = Field(0, ge=0, le=1_000, strict=True, description="Adds cloth.", examples=[20])
    skill: str | None = Field(
        None, pattern=CODE, description="Skill that it needs beyond the garment type's.", examples=[None]
    )


class Option(BaseModel):
    """One thing to decide."""

    model_config = ConfigDict(extra="forbid")
    code: str = Field(pattern=CODE, description="Word for machines.", examples=["lengan"])
    kind: Literal["choice", "flag", "text"] = Field(description="What is answered.", examples=["choice"])
    label_id: Line = Field(description="Label in Indonesian.", examples=["Lengan"])
    label_en: Line = Field(description="Label in English.", examples=["Sleeves"])
    choices: list[Choice] = Field(default=[], max_length=30, description="What may be chosen.")
    required: StrictBool = Field(False, description="Whether an answer must be given.", examples=[True])
    default: StrictBool | StrictStr | None = Field(None, description="Taken when nothing is answered.", examples=[None])
    max_length: int | None = Field(
        None, ge=1, le=LONGEST_TEXT, strict=True, description="Longest text; for `text` only.", examples=[None]
    )

    def choice(self, code: object) -> Choice | None:
        """The choice of this code."""
        return next((one for one in self.choices if one.code == code), None)


def read(stored: Sequence[dict[str, Any]]) -> list[Option]:
    """The options of a design's row."""
    return [Option.model_validate(one) for one in stored]


def write(options: Sequence[Option]) -> list[dict[str, Any]]:
    """The form in which a design's row keeps them."""
    return [one.model_dump(mode="json") for one in options]


def check(options: Sequence[Option]) -> None:
    """Raises `Invalid` with the pointer of what does not fit together in a new design's options."""
    _refuse_repeated([one.code for one in options], "/options")
    for place, one in enumerate(options):
        _check_option(one, f"/options/{place}")


def _check_option(one: Option, pointer: str) -> None:
    _refuse_repeated([choice.code for choice in one.choices], f"{pointer}/choices")
    _check_choices(one, pointer)
    _check_length(one, pointer)
    for place, choice in enumerate(one.choices):
        if choice.skill is not None and choice.skill not in facts.skills():
            raise Invalid(
                f"{pointer}/choices/{place}/skill",
                "Keterampilan ini tidak dikenal.",
                "This skill is not known.",
                code="unknown_skill",
            )
    if one.default is not None:
        answer(one, one.default, f"{pointer}/default")


def _refuse_repeated(codes: Sequence[str], pointer: str) -> None:
    for place, code in enumerate(codes):
        if code in codes[:place]:
            raise Invalid(
                f"{pointer}/{place}/code", "Kode ini sudah dipakai.", "This code stands twice.", code="repeated"
            )


def _check_choices(one: Option, pointer: str) -> None:
    if one.kind == "choice" and not one.choices:
        raise Invalid(f"{pointer}/choices", "Isi sedikitnya satu pilihan.", "Give at least one choice.", min=1)
    if one.kind != "choice" and len(one.choices) > 1:
        raise Invalid(
            f"{pointer}/choices",
            "Paling banyak satu: tambahan bila diisi.",
            "At most one: what it adds when given.",
            max=1,
        )


def _check_length(one: Option, pointer: str) -> None:
    if (one.kind == "text") != (one.max_length is not None):
        raise Invalid(
            f"{pointer}/max_length",
            "Isi panjang terbesar untuk teks, dan hanya untuk teks.",
            "Give the longest length for a text, and for a text only.",
        )


def answer(option: Option, given: object, pointer: str) -> bool | str:
    """The answer as it is kept. Raises `Invalid` at `pointer` when it does not fit the option."""
    if option.kind == "flag":
        return _flag(given, pointer)
    if option.kind == "text":
        return _text(option, given, pointer)
    if not isinstance(given, str) or option.choice(given) is None:
        words = ", ".join(one.code for one in option.choices)
        raise Invalid(pointer, f"Pilih salah satu: {words}.", f"Choose one of: {words}.", code="unknown_choice")
    return given


def _flag(given: object, pointer: str) -> bool:
    if not isinstance(given, bool):
        raise Invalid(pointer, "Harus ya atau tidak.", "This must be true or false.", code="not_a_flag")
    return given


def _text(option: Option, given: object, pointer: str) -> str:
    longest = option.max_length or LONGEST_TEXT
    text = given.strip() if isinstance(given, str) else None
    if text is None or not text.isprintable() or len(text) > longest:
        raise Invalid(
            pointer,
            f"Tulis satu baris, paling banyak {longest} huruf.",
            f"Write one line of at most {longest} characters.",
            code="not_a_line",
            max=longest,
        )
    return text


def taken(option: Option, given: bool | str) -> Iterator[Choice]:
    """The choice, if any, whose additions an answer brings."""
    if option.kind == "choice":
        yield from (one for one in option.choices if one.code == given)
    elif given:
        yield from option.choices
