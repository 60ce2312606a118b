"""Forms: what was typed and what to correct, kept for the page that is shown again."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from secrets import token_hex
from typing import Annotated, Any

from fastapi.exceptions import RequestValidationError
from markupsafe import escape
from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator
from starlette.datastructures import FormData, UploadFile

from clothingline.kit.errors import Invalid, Refusal
from clothingline.kit.http.corrections import Correction, corrections

KEY = "kunci"


class PageForm(BaseModel):
    """Base of a form: texts without outer blanks, an empty field is one that was not filled.

    Browsers end the lines of a text with CR LF (HTML, "form entry list"); here a line ends with LF. A NUL, which no
    keyboard has and no text of the database can hold, is dropped.
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
    """A text whose lines end as ours do, or several."""
    if isinstance(given, list):
        return [plain_lines(one) for one in given]
    return given.replace("\r\n", "\n").replace("\x00", "") if isinstance(given, str) else given


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
    """One thing to correct: its field (empty: the whole form) and what to do.

    `bare`: the message speaks of any field ("Wajib diisi."); it needs the name of this one to be understood alone.
    """

    field: str
    message: str
    bare: bool = False


@dataclass(frozen=True)
class Form:
    """What a page needs of its forms: keys, what was typed, what to correct.

    `sent_to` is the path of the form that was refused: of the rows of a table, only one was. `labels` are learnt while
    the page is drawn; a page with mistakes is drawn twice, so that its head can name what stands further down.
    """

    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    mistakes: Sequence[Mistake] = ()
    sent_to: str | None = None
    stale: str = ""
    labels: dict[str, str] = field(default_factory=dict)

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
        """What to correct in a field, with its name."""
        return next((self._words(one) for one in self.mistakes if one.field == name), None)

    def of(self, action: str) -> "Form":
        """What a form to this path needs, where several on a page have fields of the same names."""
        return self if self.sent_to in (None, action) else Form()

    def spot(self, name: str, number: int) -> str:
        """The id of a field in row `number` of a table: that of the summary's link where this row was refused."""
        return f"f-{name}" if self.sent_to is not None else f"f-{name}-{number}"

    def learn(self, name: str, label: str) -> str:
        """Keep how the page calls a field. Answers nothing, for templates."""
        self.labels[name] = label
        return ""

    def corrections(self) -> list[tuple[str, str]]:
        """What the page asks for, as (field on the page, else empty; words), each once."""
        said = [(one.field if one.field in self.labels else "", self._words(one)) for one in self.mistakes]
        return list(dict.fromkeys(said))

    def _words(self, one: Mistake) -> str:
        label = self.labels.get(one.field)
        if label is None:
            return self.stale if one.bare else one.message
        name = escape(label).rstrip(" ?:.")
        if name.casefold() in one.message.casefold():
            return one.message
        return name + ": " + (one.message[:1].lower() + one.message[1:] if one.bare else one.message)


# What to do about a field that the page does not show: it was not the person who left it out.
STALE = {
    "id": "Halaman ini sudah tidak cocok dengan keadaan sekarang. Muat ulang, lalu kirim lagi.",
    "en": "This page no longer fits how things stand. Reload it, then send again.",
}
# Where people choose, they see what there is to choose from; its words for machines help nobody.
CHOICES = frozenset({"enum", "literal_error"})
# What a check of ours says names what it speaks of.
OURS = "value_error"
CHOOSE = {"id": "Pilih salah satu yang ada.", "en": "Choose one of those there are."}


def refused(typed: FormData, error: Exception, language: str, sent_to: str | None = None) -> Form:
    """The form after a refusal, with everything that was typed."""
    return Form(_texts(typed), _mistakes(error, language), sent_to, STALE[language])


def _texts(typed: FormData) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {}
    for name, value in typed.multi_items():
        if not isinstance(value, UploadFile) and name != KEY:
            texts.setdefault(name, []).append(value)
    return texts


def _mistakes(error: Exception, language: str) -> list[Mistake]:
    if isinstance(error, RequestValidationError):
        return [_mistake(one, language) for one in corrections(error.errors(), language)]
    if isinstance(error, Refusal):
        return [Mistake(_field(error.pointer) if isinstance(error, Invalid) else "", error.detail(language))]
    raise error


def _mistake(one: Correction, language: str) -> Mistake:
    return Mistake(_field(one.pointer), CHOOSE[language] if one.code in CHOICES else one.message, one.code != OURS)


def _field(pointer: str) -> str:
    return pointer.strip("/").split("/")[0]
