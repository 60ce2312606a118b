"""What an explanation tells to whom."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from clothingline.kit.access import Reach, Role
from clothingline.kit.ids import show
from clothingline.routing.models import Plan
from clothingline.routing.reasons import said_to
from clothingline.routing.why import Why, why
from clothingline.shop.comparing import Prices, savings

OWN, OTHER = uuid4(), uuid4()
TODAY = date(2026, 6, 1)


def told(changes: list[dict[str, Any]], *, open_now: tuple[int, ...], **more: Any) -> Why:
    """The reasons for a plan of the own brand that costs Rp 500.000."""
    said = {
        "summary": {"id": "Dipilih.", "en": "Chosen."},
        "parts": [{"code": "cloth", "amount": 500_000, "paid": True}],
        "cost_idr": 560_000,
        "limits": [],
        "makers": [],
        "runner_up": None,
        "counterfactuals": changes,
        "open_now": [{"brand": show("brd", OWN), "paid_idr": idr} for idr in open_now],
    }
    found = why(Plan(explanation=said | more), "id")
    assert found is not None
    return found


def later(days: int, *, paid: int, brand: UUID = OWN) -> dict[str, Any]:
    """A later day, for which the engine weighs Rp 40.000 less."""
    changed = {"change": "due_day", "value": days, "effect_idr": -40_000}
    return changed | {"paid_idr": paid, "brand": show("brd", brand)}


def test_how_far_a_maker_was_behind_its_share_is_told_to_it_and_to_staff_alone() -> None:
    siti, other = uuid4(), uuid4()
    said = {"makers": [{"tailor": show("tlr", one), "chosen": True, "credit_idr": 900} for one in (siti, other)]}
    told = {
        "siti": Reach(organisations={Role.TAILOR: frozenset({siti})}),
        "brand": Reach(organisations={Role.BRAND_OWNER: frozenset({siti})}),
        "consumer": Reach(account=uuid4()),
        "staff": Reach(everything=True),
    }
    read = {who: [one["credit_idr"] for one in said_to(said, reach)["makers"]] for who, reach in told.items()}
    assert read == {"siti": [900, None], "brand": [None, None], "consumer": [None, None], "staff": [900, 900]}
    assert [one["credit_idr"] for one in said["makers"]] == [900, 900]


def test_which_certificates_a_maker_lacks_and_what_they_would_have_opened_is_told_to_it_and_to_staff_alone() -> None:
    siti, other = uuid4(), uuid4()
    fact = {"limit": "certificate", "lacks": ["batik"], "opens_idr": 84_000}
    said = {"makers": [{"tailor": show("tlr", one), **fact} for one in (siti, other)]}
    told = {
        "siti": Reach(organisations={Role.TAILOR: frozenset({siti})}),
        "brand": Reach(organisations={Role.BRAND_OWNER: frozenset({siti})}),
        "consumer": Reach(account=uuid4()),
        "staff": Reach(everything=True),
    }
    read = {
        who: [(one["lacks"], one["opens_idr"]) for one in said_to(said, reach)["makers"]] for who, reach in told.items()
    }
    known, hidden = (["batik"], 84_000), (None, None)
    assert read == {
        "siti": [known, hidden],
        "brand": [hidden, hidden],
        "consumer": [hidden, hidden],
        "staff": [known, known],
    }
    assert all(one["limit"] == "certificate" for one in said_to(said, told["consumer"])["makers"])


@pytest.mark.parametrize(
    ("paid", "open_now", "saved"),
    [
        (500_000, (500_000,), []),  # only the risk of being late is smaller
        (480_000, (500_000,), [20_000]),
        (480_000, (500_000, 480_000), []),  # that plan can be had without waiting
        (520_000, (500_000,), []),  # nobody must take what costs more
        (480_000, (), []),  # kept before it was known what can be had without waiting
    ],
)
def test_a_saving_is_what_would_be_paid_less_and_could_not_be_had_without_the_change(
    paid: int, open_now: tuple[int, ...], saved: list[int]
) -> None:
    reasons = told([later(3, paid=paid)], open_now=open_now)
    prices = Prices(0, frozenset(), TODAY)
    assert [one.idr for one in savings(500_000, reasons, prices)] == saved


def test_a_change_that_the_consumer_cannot_make_is_no_saving() -> None:
    reasons = told([later(-1, paid=480_000) | {"change": "brand"}], open_now=(500_000,))
    assert list(savings(500_000, reasons, Prices(0, frozenset(), TODAY))) == []


def test_a_brand_that_adds_ppn_saves_less_than_it_seems_to() -> None:
    reasons = told([later(3, paid=480_000, brand=OTHER)], open_now=(500_000,))
    assert [one.idr for one in savings(520_000, reasons, Prices(20_000, frozenset(), TODAY))] == [20_000]
    assert list(savings(520_000, reasons, Prices(20_000, frozenset({OTHER}), TODAY))) == []


def test_the_next_best_is_told_by_what_is_paid_for_it_and_not_by_what_only_steers() -> None:
    difference = [{"code": "cloth", "amount": 7_000}, {"code": "lateness_risk", "amount": -43_350}]
    other = {"brand": show("brd", OTHER), "tailors": [], "cost_idr": 523_650, "difference": difference}
    reasons = told([], open_now=(500_000,), runner_up=other)
    assert reasons.next_bill is not None
    assert (reasons.next_bill.brand, reasons.next_bill.paid_idr) == (OTHER, 507_000)


def test_whom_certificates_bar_is_told_by_the_skills_that_are_lacking() -> None:
    limits = [{"code": "certificate", "count": 23, "id": "sertifikat tidak berlaku", "en": "no certificate"}]
    makers = [{"lacks": ["bordir"]}, {"lacks": ["bordir", "jahit_tangan"]}, {"lacks": []}]
    assert told([], open_now=(), limits=limits, makers=makers).limits == (
        ("perlu sertifikat: Membordir, Menjahit dengan tangan", 23),
    )
    assert told([], open_now=(), limits=limits).limits == (("sertifikat tidak berlaku", 23),)
