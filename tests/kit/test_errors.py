"""Refusals: every kind of the package says in two languages what happened and what to do next."""

import re
from collections import Counter

import pytest

from clothingline import app, worker
from clothingline.kit.errors import NotFound, Refusal, kinds, message

LOADED = (app, worker)  # with them every house, so that every refusal of the package is known
KINDS = list(kinds())
BOTH = [pytest.param(kind, language, id=f"{kind.word()}-{language}") for kind in KINDS for language in ("id", "en")]
STATUSES = {400, 401, 402, 403, 404, 405, 409, 410, 412, 413, 415, 421, 422, 428, 429, 500, 502, 503}


class LotTorn(Refusal):
    """Kain sobek. Potongan {code} sepanjang {cm} cm harus diganti.

    en: The cloth is torn. Replace {code}, {cm} cm of it.
    """


def test_every_house_is_heard() -> None:
    houses = {kind.__module__.split(".")[1] for kind in KINDS}
    assert {"kit", "accounts", "routing", "orders", "payments", "production", "materials"} <= houses
    assert LotTorn not in KINDS


@pytest.mark.parametrize(("kind", "language"), BOTH)
def test_a_refusal_has_a_title_and_says_what_to_do(kind: type[Refusal], language: str) -> None:
    title, advice = message(kind, language)
    assert len(title.split()) > 1
    assert title[0].isupper()
    assert len(advice.split()) > 1
    assert advice.endswith(".")


@pytest.mark.parametrize(("kind", "language"), BOTH)
def test_a_title_is_the_same_whatever_the_facts_are(kind: type[Refusal], language: str) -> None:
    assert "{" not in message(kind, language)[0]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.word())
def test_the_two_languages_are_two_texts_with_the_same_facts(kind: type[Refusal]) -> None:
    indonesian, english = (" ".join(message(kind, language)) for language in ("id", "en"))
    assert indonesian != english
    assert set(re.findall(r"{(\w+)}", indonesian)) == set(re.findall(r"{(\w+)}", english))


def test_a_code_belongs_to_one_refusal() -> None:
    assert [code for code, times in Counter(kind.word() for kind in KINDS).items() if times > 1] == []
    assert [kind for kind in KINDS if not re.fullmatch(r"[a-z]+(_[a-z]+)*", kind.word())] == []


def test_a_refusal_has_a_status_that_a_client_knows() -> None:
    assert [(kind, kind.status) for kind in KINDS if kind.status not in STATUSES] == []


def test_what_may_succeed_later_is_no_fault_of_the_request() -> None:
    assert {kind.status for kind in KINDS if kind.retryable} <= {409, 429, 503}


def test_the_facts_stand_in_the_advice_and_never_in_the_title() -> None:
    torn = LotTorn(code="KTN-0001", cm=250)
    assert torn.title("id") == "Kain sobek."
    assert torn.detail("id") == "Kain sobek. Potongan KTN-0001 sepanjang 250 cm harus diganti."
    assert torn.detail("en") == "The cloth is torn. Replace KTN-0001, 250 cm of it."


def test_a_fact_that_is_missing_leaves_a_dash_and_no_fault() -> None:
    assert LotTorn(code="KTN-0001").detail("en") == "The cloth is torn. Replace KTN-0001, – cm of it."


def test_a_code_is_the_name_in_snake_case() -> None:
    assert (LotTorn().code, NotFound().code) == ("lot_torn", "not_found")
