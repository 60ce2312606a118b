"""Words: each text has its English, neither language strays into the other, and one thing has one name."""

import pytest

from clothingline.kit.errors import Refusal, kinds, message
from tests.web import wording
from tests.web.wording import BANNED, BANNED_EN, GLOSSARY, GLOSSARY_EN, TEMPLATES, against, foreign_words, values_in

SAID = wording.said()
CATALOG = wording.catalog()
TAILORS = {
    str(path.relative_to(TEMPLATES))
    for path in TEMPLATES.rglob("*.html")
    if 'extends "layouts/tailor.html"' in path.read_text()
}


def test_every_text_has_its_english() -> None:
    missing = [f"{text!r} of {', '.join(sorted(where))}" for text, where in SAID.items() if not _english(text)]
    assert missing == []


def test_every_english_text_is_used() -> None:
    assert sorted(CATALOG.keys() - SAID.keys()) == []


def test_a_text_that_stands_in_two_catalogs_is_said_in_the_same_words() -> None:
    differing = [text for text, found in CATALOG.items() if len({tuple(wording.english(one)) for _, one in found}) > 1]
    assert differing == []


def test_a_translation_takes_the_same_values() -> None:
    wrong = [text for text in CATALOG for said in _english(text) if values_in(said) != values_in(text)]
    assert wrong == []


def test_no_translation_is_a_guess() -> None:
    assert [text for text, found in CATALOG.items() if any(one.fuzzy for _, one in found)] == []


def test_neither_language_strays_into_the_other() -> None:
    assert [text for text in SAID if foreign_words(text, "id")] == []
    assert [said for text in CATALOG for said in _english(text) if foreign_words(said, "en")] == []


def test_no_text_says_what_is_never_said() -> None:
    assert [wrong for text in SAID for wrong in against(text, BANNED)] == []
    assert [wrong for text in CATALOG for said in _english(text) for wrong in against(said, BANNED_EN)] == []


def test_one_thing_has_one_name() -> None:
    assert [wrong for text in SAID for wrong in against(text, GLOSSARY)] == []
    assert [wrong for text in CATALOG for said in _english(text) for wrong in against(said, GLOSSARY_EN)] == []


@pytest.mark.parametrize("kind", list(kinds()), ids=lambda kind: kind.__name__)
def test_a_refusal_says_what_to_do_in_words_that_people_know(kind: type[Refusal]) -> None:
    indonesian = " ".join(message(kind, "id"))
    assert against(indonesian, {**BANNED, r"\bsilakan\b": "say what to do"}) == []
    assert foreign_words(indonesian, "id") == set()
    assert foreign_words(" ".join(message(kind, "en")), "en") == set()


def test_a_tailor_is_told_little_at_a_time() -> None:
    texts = [text for text, where in SAID.items() if where & TAILORS]
    assert [text for text in texts if len(wording.words_of(text)) > wording.TAILOR_WORDS] == []
    assert [text for text in texts if wording.sentences_of(text) > wording.TAILOR_SENTENCES] == []
    assert [wrong for text in texts for wrong in against(text, {wording.NEVER_TO_TAILORS: "words of banks"})] == []


def _english(text: str) -> list[str]:
    return [said for _, one in CATALOG.get(text, ()) for said in wording.english(one) if said]


# The rules see what they are there to see.


def test_a_word_of_the_other_language_is_seen_where_the_page_does_not_say_so() -> None:
    said = 'Pesanan <em lang="en">the order</em> <code>if not</code><img alt="of the cloth"> siap'
    page = f'<html lang="id"><p>{said}</html>'
    assert wording.strangers(page, "id") == ["of the cloth"]
    assert wording.strangers(page.replace('"id"', '"en"'), "en") == ["Pesanan"]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("Maaf, tidak bisa.", BANNED),
        ("Nomor tidak valid", BANNED),
        ("Gagal!", BANNED),
        ("Kamu belum masuk.", BANNED),
        ("Orderan baru", GLOSSARY),
        ("12 pcs", GLOSSARY),
        ("Pay a down payment", GLOSSARY_EN),
        ("Invalid number", BANNED_EN),
    ],
)
def test_words_that_are_not_ours_are_seen(text: str, rules: dict[str, str]) -> None:
    assert len(against(text, rules)) == 1


@pytest.mark.parametrize("text", ["Foto gagal dikirim. Coba lagi saat ada sinyal.", "Ada yang perlu diperbaiki"])
def test_words_that_are_ours_pass(text: str) -> None:
    assert against(text, {**BANNED, **GLOSSARY}) == []


def test_texts_are_found_in_templates_with_their_values() -> None:
    source = '{{ _("Upah %(rp)s", rp=1) }}{% trans n=2 %}{{ n }} potong{% pluralize %}{{ n }} potong{% endtrans %}'
    assert wording.of_template(source) == ["Upah %(rp)s", "%(n)s potong", "%(n)s potong"]
    assert wording.of_module('A = {1: later("Satu")}; see("/", "Sudah.", undo="/x"); see(path)') == ["Sudah.", "Satu"]
    assert values_in("Upah %(rp)s untuk %(n)d potong") == {"rp", "n"}
