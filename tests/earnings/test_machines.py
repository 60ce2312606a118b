"""No reachable state of any machine blocks money that is available: looked up in the machines' own data."""

from collections import deque
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from clothingline import schema
from clothingline.earnings.models import EARNING, EarningHold
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.kit.clock import business_now
from clothingline.kit.db import Base
from clothingline.kit.states import Machine, machines
from tests.earnings.scenes import Drain, accepted, confirmed, earning_of, passed

assert schema.HOUSES  # with the schema every machine is known


@dataclass(frozen=True)
class Way:
    """One move of an earning, and who makes it."""

    event: str
    source: str
    target: str
    actor: str


WAYS = [Way(one.event, source, one.target, one.actor) for one in EARNING.transitions for source in one.source]


def reachable(machine: Machine, start: set[str]) -> set[str]:
    """Every state that can come after these, and they themselves."""
    seen, queue = set(start), deque(start)
    while queue:
        state = queue.popleft()
        for source, target in machine.pairs:
            if source == state and target not in seen:
                seen.add(target)
                queue.append(target)
    return seen


def test_no_reachable_state_blocks_available_money() -> None:
    assert [(way.event, way.target) for way in WAYS if way.source == "available"] == [("batch", "in_batch")]
    after = reachable(EARNING, {"available"})
    assert after == {"available", "in_batch", "paid"}
    for state in after:
        assert "paid" in reachable(EARNING, {state}), state
    assert all("paid" in reachable(EARNING, {state}) for state in reachable(EARNING, set(EARNING.initial)))


def test_what_may_be_paid_moves_by_the_system_and_the_bank_alone() -> None:
    assert {way.actor for way in WAYS if way.source in ("available", "in_batch", "paid")} <= {"system", "provider"}


def test_no_other_machine_has_a_word_about_available_money() -> None:
    """What stops, holds or sanctions is a state of something else; none of it names an earning."""
    tables = [table for table in Base.metadata.tables.values() if "earning_id" in table.c]
    assert {table.name for table in tables} <= {"earning_hold", "advance", "payout_item"}
    assert not any(one.name in ("earning_hold", "hold", "sanction") for one in machines())


async def keep_back(earning_id: UUID) -> None:
    """Try to hold an earning, whatever it is."""
    async with db.transaction() as session:
        until = await business_now(session) + timedelta(days=1)
        session.add(EarningHold(earning_id=earning_id, amount_idr=1, reason="forced", until=until))


async def test_the_database_refuses_a_hold_on_a_makers_pay_and_on_what_may_be_paid(
    provider: FakeProvider, drain: Drain
) -> None:
    scene = await confirmed(provider, drain)
    await passed(scene, drain, 0)
    job, brand = await earning_of(scene, "job", scene.jobs[0]), await earning_of(scene, "order")
    assert (job.state, brand.state) == ("earned", "expected")
    for row in (job, brand):
        with pytest.raises(DBAPIError, match="may not be held"):
            await keep_back(row.id)
    await accepted(scene, drain)
    brand = await earning_of(scene, "order")
    assert brand.state == "available"
    with pytest.raises(DBAPIError, match="may not be held"):
        await keep_back(brand.id)
