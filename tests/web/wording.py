"""What may be said on a page, and in which language: the texts of the templates, the catalogs, and lists of words."""

import ast
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from importlib.resources import files
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from clothingline.pilot import rows
from clothingline.reference import facts
from clothingline.web.rendering import environment
from clothingline.web.words import ENGLISH, INDONESIAN

PACKAGE = Path(str(files("clothingline")))
TEMPLATES = PACKAGE / "web" / "templates"
CATALOGS = PACKAGE / "web" / "words" / "en"

# Words that a text in the one language cannot do without and that the other does not know.
INDONESIAN_WORDS = frozenset(Path(__file__).with_name("indonesian.txt").read_text().split())
ENGLISH_WORDS = frozenset(Path(__file__).with_name("english.txt").read_text().split())
FOREIGN: Mapping[str, frozenset[str]] = {INDONESIAN: ENGLISH_WORDS, ENGLISH: INDONESIAN_WORDS}

BANNED: Mapping[str, str] = {
    r"\bmaaf\b": "say what happened and what to do",
    r"\bmohon\b": "say what to do",
    r"\btidak valid\b": "say what is expected",
    r"\b(ups|oops)\b": "say what happened",
    r"^\W*gagal\W*$": "say what failed, and what to do",
    r"\bgalat\b": "a word of textbooks",
    r"\bkamu\b": "Anda, or Bu and Pak with the name",
    r"\b(field|submit|error)\b": "isian, kirim, yang perlu diperbaiki",
}
BANNED_EN: Mapping[str, str] = {
    r"\boops\b": "say what happened",
    r"\b(sorry|please)\b": "say what to do",
    r"\b(invalid|illegal)\b": "say what is expected",
    r"^\W*error\W*$": "say what failed, and what to do",
}
# One word for one thing (the glossary): what stands on the left is said as on the right.
GLOSSARY: Mapping[str, str] = {
    r"\b(order|orderan)\b": "pesanan",
    r"\b(pcs|helai)\b": "potong",
    r"\bfabric\b": "kain",
    r"\bdeadline\b": "tenggat",
    r"\bongkos jahit\b": "upah jahit",
    r"\bquality control\b": "periksa mutu",
    r"\b(supplier|vendor)\b": "pemasok",
    r"\b(brand|brands)\b": "merek",
    r"\b(tailor|tukang jahit)\b": "penjahit",
    r"\bcluster\b": "sentra",
    r"\bdeposit\b": "uang muka",
    r"\breparasi\b": "permak",
}
GLOSSARY_EN: Mapping[str, str] = {
    r"\b(seamstress|sewer)\b": "tailor",
    r"\bvendor\b": "supplier",
    r"\bdue date\b": "deadline",
    r"\bdown payment\b": "deposit",
    r"\bquality control\b": "quality check",
}
# Which argument of these holds a text.
PLACE = {"later": 0, "see": 1}
NEVER_TO_TAILORS = r"\b(saldo mengendap|settlement|komisi)\b"
TAILOR_WORDS, TAILOR_SENTENCES = 12, 2

# Not read aloud: code, what is typed elsewhere, drawings.
UNREAD = {"script", "style", "code", "pre", "kbd", "samp", "template"}
ALONE = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SPOKEN = ("alt", "aria-label", "placeholder", "title", "content")


class Reading(HTMLParser):
    """The words of a page by their language."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[tuple[str, str]] = []
        self._open: list[tuple[str, str, bool]] = []
        self.feed(page)

    @property
    def _here(self) -> tuple[str, bool]:
        return self._open[-1][1:] if self._open else ("", True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        language, read = said.get("lang") or self._here[0], self._here[1] and tag not in UNREAD
        self.texts += [
            (language, said[name] or "") for name in SPOKEN if said.get(name) and _is_spoken(tag, name, said)
        ]
        if tag not in ALONE:
            self._open.append((tag, language, read))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        language, read = self._here
        if read and data.strip():
            self.texts.append((language, " ".join(data.split())))


def _is_spoken(tag: str, name: str, said: Mapping[str, str | None]) -> bool:
    return name != "content" or (tag == "meta" and said.get("name") == "description")


def strangers(page: str, language: str) -> list[str]:
    """Texts of a page that say nothing of being in another language, and are; names are names in every language."""
    texts = [(said, NAMES.sub(" ", text)) for said, text in Reading(page).texts]
    return [text for said, text in texts if said == language and foreign_words(text, language)]


def _names() -> set[str]:
    parties = (rows.brands(), rows.suppliers(), rows.tailors(), rows.designs(), rows.lots(), rows.people())
    schemes = {one.title_id for one in facts.skkni_schemes().values()}
    return {one.name for party in parties for one in party.values()} | schemes


# Of firms, people, designs, certificates and holidays.
NAMES = re.compile(
    "|".join([*map(re.escape, sorted(_names(), key=len, reverse=True)), r"Cuti Bersama", r"Hari Raya \w+"])
)


def foreign_words(text: str, language: str) -> set[str]:
    """Words of the other language in a text of this one; `code` and names of values and fields are in none."""
    prose = re.sub(r"`[^`]*`|%\(\w+\)|\{\w+\}|\w+_\w+", " ", text.lower())
    return set(re.findall(r"[^\W\d_]+", prose)) & FOREIGN[language]


def against(text: str, rules: Mapping[str, str]) -> list[str]:
    """What a text says that it should say otherwise."""
    return [f"{text!r}: {better}" for pattern, better in rules.items() if re.search(pattern, text, re.IGNORECASE)]


def said() -> dict[str, set[str]]:
    """Every text for people, with the files in which it stands."""
    found: dict[str, set[str]] = {}
    for path, text in (*_of_templates(), *_of_modules()):
        found.setdefault(text, set()).add(path)
    return found


def _of_templates() -> Iterator[tuple[str, str]]:
    for path in sorted(TEMPLATES.rglob("*.html")):
        for text in of_template(path.read_text()):
            yield str(path.relative_to(TEMPLATES)), text


def of_template(source: str) -> list[str]:
    """The texts of a template that are looked up in a catalog."""
    found = environment().extract_translations(source)  # type: ignore[attr-defined]  # the extension adds it
    return [text for _, _, said in found for text in (said if isinstance(said, tuple) else (said,)) if text]


def _of_modules() -> Iterator[tuple[str, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        source = path.read_text()
        if "later(" in source or "see(" in source:
            yield from ((str(path.relative_to(PACKAGE)), text) for text in of_module(source))


def of_module(source: str) -> list[str]:
    """The texts that Python marks by `later(…)`, or shows by `see(path, …)`."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    shown = [node.args[PLACE[_name(node)]] for node in calls if len(node.args) > PLACE.get(_name(node), 99)]
    return [one.value for one in shown if isinstance(one, ast.Constant) and isinstance(one.value, str)]


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def catalog() -> dict[str, list[tuple[str, Message]]]:
    """English by Indonesian text, with the catalogs in which it stands."""
    found: dict[str, list[tuple[str, Message]]] = {}
    for path in sorted(CATALOGS.glob("*.po")):
        for message in read_po(BytesIO(path.read_bytes())):
            if message.id:
                found.setdefault(_first(message.id), []).append((path.name, message))
    return found


def _first(text: str | tuple[str, ...] | list[str]) -> str:
    return text if isinstance(text, str) else text[0]


def english(message: Message) -> list[str]:
    """Its translations: one, or one a plural form."""
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def values_in(text: str) -> set[str]:
    """The names of the values that a text takes."""
    return set(re.findall(r"%\((\w+)\)", text))


def words_of(text: str) -> list[str]:
    """Its words; a value counts as one."""
    return re.findall(r"%\(\w+\)\w|[\w&-]+", text)


def sentences_of(text: str) -> int:
    """How many sentences it has."""
    return len(re.findall(r"[.!?…](?:\s|$)|[^.!?…\s]$", text))
