"""What keeps a payout from being paid twice or by one person: each holds, and is missed when it is taken away."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count

import psycopg
import pytest

from clothingline.integrations import payments as providers
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.payouts import pursuing, service
from clothingline.payouts.models import Payout
from clothingline.payouts.service import Way
from tests.ledger.booking import Owner, as_owner
from tests.money.attacks import Guard, refused_and_seen_without
from tests.payouts.stage import Advance, Drain, ask, collect, fund, ready, states_of
from tests.payouts.test_sending import transfers
from tests.reconciliation.stage import officer

GUARDS = {
    "an earning is in one payout for each batch": Guard(
        "ALTER TABLE payout_item DROP CONSTRAINT uq_payout_item_earning_id_batch",
        "INSERT INTO payout (id, payee_id, amount_idr, key, state) "
        "SELECT md5('b')::uuid, payee_id, amount_idr, sha256('b'), 'draft' FROM payout; "
        "INSERT INTO payout_item SELECT gen_random_uuid(), md5('b')::uuid, earning_id, batch, amount_idr "
        "FROM payout_item",
        "uq_payout_item_earning_id_batch",
        "an earning is in two payouts that live",
    ),
    "items stay as they were written": Guard(
        "DROP TRIGGER guard_append_only ON payout_item",
        "UPDATE payout_item SET amount_idr = amount_idr + 1",
        "payout_item",
        "a payout is not the sum of its items",
    ),
    "two people are two": Guard(
        "ALTER TABLE payout DROP CONSTRAINT ck_payout_two_people",
        "UPDATE payout SET approved_by = (SELECT min(id::text)::uuid FROM account), "
        "second_by = (SELECT min(id::text)::uuid FROM account)",
        "ck_payout_two_people",
        "one person has approved what two must",
    ),
    "what is settled has gone to the bank": Guard(
        "ALTER TABLE payout DROP CONSTRAINT ck_payout_settled",
        "UPDATE payout SET state = 'settled', bank = NULL",
        "ck_payout_settled",
        "a payout is settled without a transfer and a payout to the bank",
    ),
    "a payout moves as its machine lists": Guard(
        "DROP TRIGGER guard_transition ON payout",
        "UPDATE payout SET state = 'approved'",
        "payout",
        "what is in payouts to a party is not what its payouts that wait add up to",
    ),
}


@pytest.fixture
async def owner(provider: FakeProvider, drain: Drain, advance: Advance, database: db.Database) -> AsyncIterator[Owner]:
    """The schema's owner, where a payout is on its way to the bank."""
    stage = await ready(provider, drain, advance, 400_000)
    await collect(stage.tailor)
    await drain()
    await officer()
    assert await states_of() == ["sent"]
    with as_owner(database) as connection:
        yield connection


@pytest.mark.parametrize("guard", GUARDS.values(), ids=list(GUARDS))
async def test_an_attack_is_refused_by_its_guard_and_seen_without_it(owner: Owner, guard: Guard) -> None:
    refused_and_seen_without(owner, guard, "payouts")


async def test_the_same_money_is_one_payout_by_its_key(owner: Owner) -> None:
    again = (
        "INSERT INTO payout (id, payee_id, amount_idr, key, state) "
        "SELECT gen_random_uuid(), payee_id, amount_idr, key, 'draft' FROM payout LIMIT 1"
    )
    with pytest.raises(psycopg.errors.UniqueViolation, match="uq_payout_key"), owner.transaction():
        owner.execute(again)
    owner.execute("ALTER TABLE payout DROP CONSTRAINT uq_payout_key")
    assert owner.execute(again).rowcount == 1


Break = Callable[[FakeProvider, pytest.MonkeyPatch], None]


def not_asking(provider: FakeProvider, patch: pytest.MonkeyPatch) -> None:
    """Nobody asks what the provider knows before acting again."""

    async def nothing(reference: str) -> None:
        return None

    patch.setattr(provider, "find_transfer", nothing)


def new_references(provider: FakeProvider, patch: pytest.MonkeyPatch) -> None:
    """Every try has a reference of its own."""
    numbers = count()
    patch.setattr(Payout, "reference", lambda self, act: f"out_{self.id}-{next(numbers)}:{act}")


def freed_on_an_exception(provider: FakeProvider, patch: pytest.MonkeyPatch) -> None:
    """What is unclear counts as failed."""

    @asynccontextmanager
    async def acting(way: Way) -> AsyncIterator[None]:
        try:
            yield
        except providers.OutcomeUnknown:
            async with db.transaction() as session:
                await service.fail(session, payout_id=way.payout.id, failure="unclear")
            raise

    patch.setattr(pursuing, "_acting", acting)


@pytest.mark.parametrize("gone", [None, not_asking, new_references, freed_on_an_exception])
async def test_one_transfer_is_made_although_its_answer_and_its_key_are_lost_unless_a_guard_is_gone(
    provider: FakeProvider, drain: Drain, advance: Advance, monkeypatch: pytest.MonkeyPatch, gone: Break | None
) -> None:
    stage = await ready(provider, drain, advance, 400_000)
    if gone is not None:
        gone(provider, monkeypatch)
    provider.play("pruned_key", "transfer")
    await collect(stage.tailor)
    await drain()
    await collect(stage.tailor)
    await drain()
    await ask(drain, advance)
    assert (len(transfers(provider)) == 1) is (gone is None)


async def test_a_transfer_that_does_not_fit_is_not_taken_for_ours(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    stage = await ready(provider, drain, advance, 400_000)
    await fund(provider, 1)
    provider.play("apply_then_drop", "transfer")
    await collect(stage.tailor)
    await drain()
    with provider.books.writing() as clerk:
        clerk.write("UPDATE transfer SET amount_idr = 399999")
    await ask(drain, advance)
    assert (await states_of(), len(transfers(provider))) == (["needs_reconciliation"], 1)
