"""What nobody knows is asked about, alarmed after a day, and never freezes what a party may have."""

from collections.abc import Iterable

from sqlalchemy import select

from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.kit.alarms import Alarm
from clothingline.kit.ids import show
from clothingline.kit.states import Machine
from clothingline.payouts.models import PAYEE, PAYOUT
from tests.payouts.stage import Advance, Drain, ask, collect, payouts, ready, states_of
from tests.payouts.test_sending import transfers

FREE = ("withdrawn", "failed", "returned")
"""Ends of a payout whose earnings are available again."""


async def doubted() -> list[str]:
    """Payouts for which the alarm of a doubt stands."""
    async with db.transaction() as session:
        stands = select(Alarm.subject).where(Alarm.name == "payout_doubtful", Alarm.cleared_at.is_(None))
        return list(await session.scalars(stands))


async def test_a_doubt_of_more_than_a_day_sounds_the_alarm_until_it_is_known(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    stage = await ready(provider, drain, advance, 400_000)
    provider.play("error_instead", "transfer")
    await collect(stage.tailor)
    await drain()
    [payout] = await payouts()
    for hours in (1, 20):
        await ask(drain, advance, minutes=60 * hours)
        assert (await states_of(), await doubted()) == (["needs_reconciliation"], [])
    await ask(drain, advance, minutes=60 * 4)
    assert (await doubted(), transfers(provider)) == ([show("out", payout.id)], [])
    provider.books.advance(25 * 3600)
    await ask(drain, advance)
    provider.books.bank_day()
    await ask(drain, advance)
    assert (await states_of(), await doubted(), len(transfers(provider))) == (["settled"], [], 1)


async def test_what_the_provider_does_not_know_is_not_asked_for_again_within_a_quarter_of_an_hour(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    stage = await ready(provider, drain, advance, 400_000)
    provider.play("still_running", "transfer")
    await collect(stage.tailor)
    await drain()
    for minutes in (4, 5, 5):  # the pauses double: a question of the fourth minute is followed by one of the ninth
        await ask(drain, advance, minutes=minutes)
        assert (await states_of(), transfers(provider)) == (["needs_reconciliation"], [])
    await ask(drain, advance, minutes=5)
    assert len(transfers(provider)) == 1


async def test_a_provider_that_is_busy_changes_nothing(provider: FakeProvider, drain: Drain, advance: Advance) -> None:
    stage = await ready(provider, drain, advance, 400_000)
    provider.play("busy_before", "transfer", times=2)
    await collect(stage.tailor)
    await drain()
    await ask(drain, advance)
    assert (await states_of(), transfers(provider)) == (["sent"], [])
    await ask(drain, advance)
    assert (await states_of(), len(transfers(provider))) == (["sent"], 1)


def reach(machine: Machine, start: str, actors: Iterable[str] | None = None) -> set[str]:
    """Every state to which a row can come from this one, by these actors only."""
    reached, more = {start}, True
    while more:
        moves = [one for one in machine.transitions if actors is None or set(one.actor.split(" · ")) & set(actors)]
        new = {one.target for one in moves if reached & set(one.source)} - reached
        reached, more = reached | new, bool(new)
    return reached


def test_no_state_of_a_payout_keeps_money_for_ever_although_nobody_does_anything() -> None:
    for state in PAYOUT.states:
        ends = reach(PAYOUT, state, ("system", "provider")) & {"settled", *FREE}
        assert ends, state
        assert ends & set(FREE), f"{state}: what goes wrong gives nothing back"


def test_a_payee_that_is_restricted_can_be_paid_again() -> None:
    for state in PAYEE.states:
        assert "active" in reach(PAYEE, state), state
