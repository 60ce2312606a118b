"""Refusals: five kinds, each with its HTTP status. The docstring of a refusal is its message in two languages.

The first line is the Indonesian title, the next paragraph what to do. After a line `en:` the same in English.
`{fields}` are filled from the keyword arguments in words (`kit.wording`); they also travel in the problem document.
"""

import inspect
import re
from collections.abc import Iterator
from functools import cache
from typing import ClassVar

from clothingline.kit.wording import in_words


class Refusal(Exception):
    """Permintaan ditolak.

    en: The request was refused.
    """

    status: ClassVar[int] = 400
    retryable: ClassVar[bool] = False

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.code)

    @property
    def code(self) -> str:
        """Stable snake_case word for machines."""
        return self.word()

    @classmethod
    def word(cls) -> str:
        """The code of this kind, from the class name."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", cls.__name__).lower()

    @property
    def again_in(self) -> int | None:
        """After how many seconds the same request may succeed; None when it will not."""
        return int(str(self.facts.get("retry_after", 1))) if self.retryable else None

    def title(self, language: str) -> str:
        """Constant per refusal and language."""
        return message(type(self), language)[0]

    def detail(self, language: str) -> str:
        """What happened and what to do next, with this refusal's facts filled in."""
        return self._filled(" ".join(message(type(self), language)), language)

    def advice(self, language: str) -> str:
        """What to do next alone, where the title stands above it."""
        return self._filled(message(type(self), language)[1], language)

    def _filled(self, words: str, language: str) -> str:
        return words.format_map(_Facts(in_words(self.facts, language)))


class NotFound(Refusal):
    """Tidak ditemukan. Periksa kembali tautan atau nomornya.

    en: Not found. Check the link or the number.
    """

    status = 404


class NotAllowed(Refusal):
    """Akun ini tidak boleh melakukan ini. Masuk dengan akun yang berhak.

    en: This account may not do this. Sign in with an account that may.
    """

    status = 403


class Conflict(Refusal):
    """Keadaan sudah berubah. Muat ulang, lalu coba lagi.

    en: The state has changed. Reload, then try again.
    """

    status = 409


class Gone(Refusal):
    """Sudah tidak berlaku lagi. Lihat keadaan yang sekarang.

    en: This is no longer in force. See how things stand now.
    """

    status = 410


class Unavailable(Refusal):
    """Layanan sedang penuh. Tunggu sebentar, lalu coba lagi.

    en: The service is busy. Wait a moment, then try again.
    """

    status = 503
    retryable = True


class Invalid(Refusal):
    """Ada yang perlu diperbaiki. Perbaiki isian yang disebut, lalu kirim lagi.

    en: Something needs to be corrected. Correct the fields that are named, then send again.
    """

    status = 422

    def __init__(
        self, pointer: str, reason_id: str, reason_en: str, *, code: str = "invalid", **limits: object
    ) -> None:
        super().__init__()
        self.pointer, self.reasons, self.reason_code = pointer, {"id": reason_id, "en": reason_en}, code
        self.limits = limits

    @classmethod
    def word(cls) -> str:
        """One code for every payload that must be corrected; each error in it carries its own."""
        return "validation_failed"

    def detail(self, language: str) -> str:
        """The reason in the reader's language."""
        return self.reasons["id" if language == "id" else "en"]

    def advice(self, language: str) -> str:
        """The reason, which says what to correct."""
        return self.detail(language)


def kinds(of: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """Every refusal of the package that has been imported, by status and code."""
    package = __name__.split(".")[0]
    found = {one for one in _below(of) if one.__module__.split(".")[0] == package}
    yield from sorted(found, key=lambda one: (one.status, one.word(), one.__module__))


def _below(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


def message(kind: type[Refusal], language: str) -> tuple[str, str]:
    """(title, advice) of a refusal in `id` or `en`, read from its docstring."""
    return _read(kind.__doc__ or "", language)


@cache
def _read(docstring: str, language: str) -> tuple[str, str]:
    indonesian, _, english = inspect.cleandoc(docstring).partition("en:")
    words = " ".join((indonesian if language == "id" else english).split())
    title, _, advice = words.partition(". ")
    return title.rstrip(".") + ".", advice


class _Facts(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "–"
