"""A refusal says amounts and states as people do, and hands them to machines as they are."""

import importlib
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from clothingline import reactions
from clothingline.kit import wording
from clothingline.kit.errors import kinds
from clothingline.kit.states import Machine
from clothingline.kit.wording import in_words, name_states, states_named
from clothingline.ledger.errors import CorrectionNotWaiting
from clothingline.orders.errors import OrderStateConflict
from clothingline.payments.errors import RefundExceeds
from clothingline.routing.errors import OfferExpired

NAMING = sorted({kind.__module__.split(".")[1] for kind in kinds() if "{state}" in (kind.__doc__ or "")})


def test_an_amount_is_written_as_rupiah() -> None:
    refusal = RefundExceeds(left_idr=1_131_400)
    assert refusal.detail("id").endswith("Minta paling banyak Rp 1.131.400.")
    assert refusal.detail("en").endswith("Ask for Rp 1.131.400 at most.")
    assert refusal.facts == {"left_idr": 1_131_400}


def test_a_state_is_a_word_of_the_readers_language() -> None:
    refusal = OrderStateConflict(state="in_production")
    assert "tidak cocok dengan tahap dikerjakan;" in refusal.detail("id")
    assert "does not fit the stage in production;" in refusal.detail("en")
    assert refusal.facts == {"state": "in_production"}
    assert "Keadaannya dibukukan;" in CorrectionNotWaiting(state="booked").detail("id")


def test_an_instant_is_a_day_and_an_hour_of_western_indonesia_in_the_readers_language() -> None:
    refusal = OfferExpired(expired_at=datetime(2026, 6, 5, 20, 5, tzinfo=UTC))
    assert "Waktunya habis 6 Juni 2026, 03.05 WIB;" in refusal.detail("id")
    assert "over at 6 June 2026, 03.05 WIB;" in refusal.detail("en")


def test_houses_whose_refusals_name_states_are_found() -> None:
    assert reactions.TABLE
    assert {"certification", "fulfilment", "ledger", "orders", "production", "routing", "taxes"} <= {*NAMING}


@pytest.mark.parametrize("house", NAMING)
def test_every_state_that_a_refusal_may_name_has_an_indonesian_word(house: str) -> None:
    models = vars(importlib.import_module(f"clothingline.{house}.models")).values()
    states = {state for one in models if isinstance(one, Machine) for state in one.states}
    assert states - states_named().keys() == set()


def test_each_trade_brings_its_own_words_and_the_kit_knows_none_of_sewing() -> None:
    kit = Path(wording.__file__).read_text()
    for word in ("jahit", "kain", "periksa", "kemas", "pembeli", "kirim"):
        assert not re.search(rf"\b\w*{word}\b", kit.replace("dikirim", "")), word


def test_a_state_has_one_word_whoever_names_it() -> None:
    name_states({"in_progress": "dijahit"})
    with pytest.raises(ValueError, match="in_progress is called dijahit already"):
        name_states({"in_progress": "sedang jalan"})


def test_a_fact_with_two_texts_is_read_in_the_readers_language() -> None:
    facts = {"column": {"id": "Kirim", "en": "Send"}}
    assert [in_words(facts, language)["column"] for language in ("id", "en")] == ["Kirim", "Send"]
