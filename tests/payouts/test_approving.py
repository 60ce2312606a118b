"""Nobody approves alone above the limit, and what nobody approves gives its earnings back."""

import asyncio
from collections.abc import Awaitable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.kit.clock import local_date
from clothingline.kit.ids import show
from clothingline.payouts import queries, service, tasks
from clothingline.payouts.errors import PayoutNotWaiting, SecondPersonNeeded
from clothingline.payouts.models import Payout
from clothingline.payouts.service.approving import OFFICE
from clothingline.settings import settings
from tests.payments.stage import ledger
from tests.payouts.stage import Advance, Drain, allow, collect, earnings_of, payouts, ready, states_of
from tests.reconciliation.stage import officer

LARGE, SMALL = 10_000_000, 9_999_999


async def approve(payout: Payout, person: UUID) -> Payout:
    """One person agrees."""
    async with db.transaction() as session:
        return await service.approve(session, payout_id=payout.id, by=person)


async def draft(provider: FakeProvider, drain: Drain, advance: Advance) -> Payout:
    """A payout that two people must approve."""
    stage = await ready(provider, drain, advance, LARGE)
    [payout] = await collect(stage.tailor)
    assert payout is not None
    assert payout.state == "draft"
    return payout


async def test_below_the_limit_nobody_is_asked(provider: FakeProvider, drain: Drain, advance: Advance) -> None:
    stage = await ready(provider, drain, advance, SMALL)
    [payout] = await collect(stage.tailor)
    assert payout is not None
    assert (payout.state, payout.approved_by, payout.second_by) == ("approved", None, None)


async def test_nobody_approves_alone_above_the_limit(provider: FakeProvider, drain: Drain, advance: Advance) -> None:
    payout, first, second = await draft(provider, drain, advance), await officer(), await officer()
    assert (await approve(payout, first)).state == "draft"
    with pytest.raises(SecondPersonNeeded):
        await approve(payout, first)
    approved = await approve(payout, second)
    assert (approved.state, approved.approved_by, approved.second_by) == ("approved", first, second)
    with pytest.raises(PayoutNotWaiting):
        await approve(payout, await officer())
    await drain()
    assert await states_of() == ["sent"]


async def at_once(*acts: Awaitable[Payout]) -> list[str]:
    """What came of acts that are done at the same time."""
    done: list[Any] = await asyncio.gather(*acts, return_exceptions=True)
    return sorted(one.state if isinstance(one, Payout) else type(one).__name__ for one in done)


async def test_one_person_who_presses_many_times_at_once_has_approved_once(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    payout, person = await draft(provider, drain, advance), await officer()
    assert await at_once(*(approve(payout, person) for _ in range(6))) == ["SecondPersonNeeded"] * 5 + ["draft"]
    assert await states_of() == ["draft"]


async def test_two_people_who_press_at_once_have_both_approved(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    payout, first, second = await draft(provider, drain, advance), await officer(), await officer()
    assert await at_once(approve(payout, first), approve(payout, second)) == ["approved", "draft"]
    [found] = await payouts()
    assert (found.state, {found.approved_by, found.second_by}) == ("approved", {first, second})


async def test_an_unapproved_draft_gives_its_earnings_back(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    payout = await draft(provider, drain, advance)
    await approve(payout, await officer())
    assert await tasks.withdraw_overdue() == 0
    await advance(days=12)
    assert (await tasks.withdraw_overdue(), await tasks.withdraw_overdue()) == (1, 0)
    assert (await states_of(), await earnings_of(payout.payee_id)) == (["withdrawn"], [(LARGE, "available", 1)])
    assert (await ledger())[f"available:{show('org', payout.payee_id)}"] == -LARGE
    [again] = await collect(payout.payee_id)
    assert again is not None
    assert (again.state, again.approved_by, again.key == payout.key) == ("draft", None, False)


async def test_what_is_approved_for_a_payee_that_may_not_be_paid_any_more_gives_its_earnings_back(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    stage = await ready(provider, drain, advance, SMALL)
    await collect(stage.tailor)
    await allow(provider, stage.tailor, receive=False)
    await drain()
    assert (await states_of(), await earnings_of(stage.tailor)) == (["withdrawn"], [(SMALL, "available", 1)])
    assert await collect(stage.tailor) == [None]
    await allow(provider, stage.tailor)
    assert [one and one.state for one in await collect(stage.tailor)] == ["approved"]


async def test_a_draft_is_given_its_working_day_and_so_many_are_looked_at_at_once(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    payout = await draft(provider, drain, advance)
    made, day = local_date(payout.created_at), timedelta(days=1)
    last = OFFICE.add_working_days(made, settings().payouts.draft_working_days)
    assert service.overdue_since(last) < made <= service.overdue_since(last + day)
    async with db.transaction() as session:
        assert await queries.list_drafts(session, made_by=made - day) == []
        assert await queries.list_drafts(session, made_by=made) == [payout.id]
        assert await queries.list_drafts(session, made_by=made, limit=0) == []
