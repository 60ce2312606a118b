"""Words in two languages: the Indonesian text is its own key, English stands in a catalog a house (`en/<house>.po`)."""

from functools import cache
from importlib.resources import files
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

INDONESIAN, ENGLISH = "id", "en"
LANGUAGES = (INDONESIAN, ENGLISH)


@cache
def translations(language: str) -> Translations:
    """What the templates ask; a text without a translation stays Indonesian (a test finds it)."""
    known = Translations()
    for catalog in _catalogs() if language == ENGLISH else ():
        known.merge(catalog)
    return known


def _catalogs() -> list[Translations]:
    folder = files(__name__) / ENGLISH
    return [_compiled(one.read_bytes()) for one in sorted(folder.iterdir(), key=str) if one.name.endswith(".po")]


def _compiled(source: bytes) -> Translations:
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(source)))
    compiled.seek(0)
    return Translations(compiled)


def later(words: str) -> str:
    """Mark a text for the catalogs where it is written in Python; the template translates it."""
    return words
