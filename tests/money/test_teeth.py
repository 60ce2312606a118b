"""The state machine would see it: a story in which any one kind of entry is forgotten does not end well."""

from collections.abc import Callable, Sequence

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.errors import Refusal
from clothingline.ledger import service as ledger
from clothingline.ledger.service import Posting
from tests.money.machine import Money
from tests.money.scenery import Ground

Kind = tuple[str, str]
FORGETTABLE: tuple[Kind, ...] = (
    ("advance", "repay"),
    ("debt", "owe"),
    ("dispute", "open"),
    ("dispute", "lost"),
    ("dispute", "won"),
    ("earning", "expect"),
    ("earning", "earn"),
    ("earning", "advance"),
    ("earning", "release"),
    ("order", "close"),
    ("payment", "capture"),
    ("payment", "settle"),
    ("payout", "collect"),
    ("payout", "send"),
    ("payout", "transfer"),
    ("payout", "settle"),
    ("payout", "return"),
    ("payout", "take_back"),
    ("refund", "reserve"),
    ("refund", "settle"),
)


@pytest.fixture
def begun(ground: Ground) -> Callable[[], Money]:
    """Begins a story."""
    return type("Money", (Money,), {"open_world": ground.opened})


def tell(it: Money) -> None:
    """One order through everything: paid in two, a refund, a payout that comes back, a chargeback that is lost."""
    it.check_out(deposit=400_000, fee=30)
    it.go_on(how="plain")
    it.refund(amount=50_000, answer="plain", approve=True)
    it.go_on_for_a_while(how="plain", turns=4)
    it.open_an_account(party="tailor")
    it.wait(days=6, minutes=1)
    it.wait(days=6, minutes=1)
    it.a_day_at_the_bank(mode="returned_after_paid")
    it.make_payouts(answer="plain", act="transfer")
    it.a_day_at_the_bank(mode="plain")
    it.a_day_at_the_bank(mode="plain")
    it.go_on_for_a_while(how="plain", turns=5)
    it.charge_back(amount=10_000)
    it.judge(won=False, fee_comes_back=False)
    it.charge_back(amount=5_000)
    it.judge(won=True, fee_comes_back=True)
    it.wait(days=2, minutes=1)
    it.nothing_is_what_must_never_be()
    it.teardown()


def forget(monkeypatch: pytest.MonkeyPatch, kind: Kind) -> list[Kind]:
    """From now on entries of this kind are not booked; everything that is to be booked is noted in what is returned."""
    real, seen = ledger.book_all, list[Kind]()

    async def book_all(session: AsyncSession, postings: Sequence[Posting]) -> int:
        seen.extend((one.source_type, one.kind) for one in postings)
        kept = [one for one in postings if (one.source_type, one.kind) != kind]
        return await real(session, kept) + len(postings) - len(kept)

    monkeypatch.setattr(ledger, "book_all", book_all)
    return seen


def test_a_story_in_which_everything_is_booked_ends_well(
    begun: Callable[[], Money], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = forget(monkeypatch, ("", ""))
    tell(begun())
    assert set(seen) == set(FORGETTABLE)


@pytest.mark.parametrize("kind", FORGETTABLE, ids=":".join)
def test_a_story_in_which_this_is_not_booked_does_not(
    begun: Callable[[], Money], monkeypatch: pytest.MonkeyPatch, kind: Kind
) -> None:
    forget(monkeypatch, kind)
    it = begun()
    with pytest.raises((AssertionError, Refusal, ExceptionGroup)), it.stack:
        tell(it)
