"""Forms: what was typed and what to correct, kept for the page that is shown again."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from secrets import token_hex
from typing import Annotated, Any

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator
from starlette.datastructures import FormData, UploadFile

from clothingline.kit.errors import Invalid, Refusal
from clothingline.kit.http.corrections import corrections

KEY = "kunci"


class PageForm(BaseModel):
    """Base of a form: texts without outer blanks, an empty field is one that was not filled.

    Browsers end the lines of a text with CR LF (HTML, "form entry list"); here a line ends with LF.
    """

    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True)

    @model_validator(mode="before")
    @classmethod
    def _drop_what_is_empty(cls, given: Any) -> Any:
        if not isinstance(given, Mapping):
            return given
        filled = {name: value for name, value in given.items() if value not in ("", [""])}
        return {name: plain_lines(value) for name, value in filled.items()}


def plain_lines(given: Any) -> Any:
    """A text whose lines end as ours do."""
    return given.replace("\r\n", "\n") if isinstance(given, str) else given


def none_if_empty(given: Any) -> Any:
    """A field of a filter that was left empty filters nothing."""
    return None if given == "" else given


def day_of(typed: str | None) -> date | None:
    """The day that was typed into a filter, `2026-11-30`; None for none, and for one that no calendar has."""
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        return None


def whole_rupiah(given: Any) -> Any:
    """`Rp 1.080.000` as people write it is 1080000."""
    return re.sub(r"(?i)rp|[.\s]", "", given) if isinstance(given, str) else given


WholeRupiah = Annotated[int, BeforeValidator(whole_rupiah)]


@dataclass(frozen=True)
class Mistake:
    """One thing to correct: its field (empty: the whole form) and what to do."""

    field: str
    message: str


@dataclass(frozen=True)
class Form:
    """What a page needs of its forms: keys, what was typed, what to correct."""

    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    mistakes: Sequence[Mistake] = ()

    def fresh_key(self) -> str:
        """A key that nobody has used."""
        return token_hex(10)

    def value(self, name: str, default: object = "") -> str:
        """What was typed into a field, else what stands in it at first."""
        return self.values[name][-1] if self.values.get(name) else str(default if default is not None else "")

    def chosen(self, name: str, value: object, default: object = None) -> bool:
        """Whether a choice is marked."""
        marked = self.values[name] if name in self.values else [str(default)]
        return str(value) in marked

    def error(self, name: str) -> str | None:
        """What to correct in a field."""
        return next((one.message for one in self.mistakes if one.field == name), None)


def refused(typed: FormData, error: Exception, language: str) -> Form:
    """The form after a refusal, with everything that was typed."""
    return Form(_texts(typed), _mistakes(error, language))


def _texts(typed: FormData) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {}
    for name, value in typed.multi_items():
        if not isinstance(value, UploadFile) and name != KEY:
            texts.setdefault(name, []).append(value)
    return texts


def _mistakes(error: Exception, language: str) -> list[Mistake]:
    if isinstance(error, RequestValidationError):
        return [Mistake(_field(one.pointer), one.message) for one in corrections(error.errors(), language)]
    if isinstance(error, Refusal):
        return [Mistake(_field(error.pointer) if isinstance(error, Invalid) else "", error.detail(language))]
    raise error


def _field(pointer: str) -> str:
    return pointer.strip("/").split("/")[0]
