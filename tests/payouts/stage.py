"""Parties to whom something is available, as rows and entries; an account at the provider; what became of payouts."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.earnings.models import EARNING, Earning
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db, states
from clothingline.kit.access import Reach, Role
from clothingline.kit.clock import business_now
from clothingline.kit.ids import new_id
from clothingline.ledger import chart
from clothingline.ledger.service import Posting, book_all
from clothingline.payouts import service, tasks
from clothingline.payouts.models import Payee, Payout
from tests.payments.stage import Scene, checked_out

Drain = Callable[[], Awaitable[None]]
Advance = Callable[..., Awaitable[None]]


@dataclass
class Stage:
    """An order with its parties, the first two of whom are tailors, and the provider with enough money."""

    scene: Scene
    provider: FakeProvider

    @property
    def tailor(self) -> UUID:
        """The first of the tailors."""
        return self.scene.tailors[0]


async def set_up(provider: FakeProvider, *, money: int = 100_000_000, tailors: int = 2) -> Stage:
    """Parties of one order, and money of ours at the provider, which the ledger knows."""
    scene = await checked_out(price=1_000_000 + 100_000 * tailors, pays=(100_000,) * tailors)
    await fund(provider, money)
    return Stage(scene, provider)


async def fund(provider: FakeProvider, amount: int) -> None:
    """Put money into our account at the provider, and book it."""
    provider.books.top_up(amount)
    lines = ((chart.PROVIDER, amount), (chart.CAPITAL, -amount))
    async with db.transaction() as session:
        await book_all(session, [Posting("funding", new_id(), "book", lines)])


async def owe(order: UUID, organisation: UUID, *amounts: int) -> list[UUID]:
    """Earnings that are available to a party."""
    async with db.transaction() as session:
        rows = [
            Earning(
                order_id=order,
                organisation_id=organisation,
                source_type="machine",
                source_id=new_id(),
                amount_idr=amount,
                state="earned",
            )
            for amount in amounts
        ]
        session.add_all(rows)
        await session.flush()
        ids = [row.id for row in rows]
        await states.move(session, EARNING, Earning, "release", Earning.id.in_(ids))
        await book_all(session, [_owed(row) for row in rows])
    return ids


def _owed(row: Earning) -> Posting:
    lines = ((chart.CAPITAL, row.amount_idr), (chart.available(row.organisation_id), -row.amount_idr))
    return Posting("earning", row.id, "owe", lines)


async def enrol(
    provider: FakeProvider, organisations: Sequence[UUID], drain: Drain, *, cadence: str = "daily", weekday: int = 5
) -> list[str]:
    """Make parties payees with accounts at the provider that may be paid; returns the names of the accounts."""
    async with db.transaction() as session:
        reach = Reach(organisations={Role.TAILOR: frozenset(organisations)})
        for one in organisations:
            await service.open_payee(session, organisation_id=one, cadence=cadence, weekday=weekday, reach=reach)
    await drain()
    return [await allow(provider, one) for one in organisations]


async def allow(provider: FakeProvider, organisation: UUID, *, receive: bool = True) -> str:
    """The owner has been on the provider's page, and we have asked; or the provider restricts the account."""
    account = str((await payee(organisation)).provider_account)
    provider.books.allow(account, receive=receive, pay_out=receive)
    said = await provider.fetch_payee(account)
    async with db.transaction() as session:
        await service.note_payee(session, payee_id=organisation, account=said)
    return account


async def payee(organisation: UUID) -> Payee:
    """The payee as it stands."""
    async with db.transaction() as session:
        return await session.get_one(Payee, organisation)


async def collect(*organisations: UUID) -> list[Payout | None]:
    """What the sweep does for each of these."""
    made = []
    for one in organisations:
        async with db.transaction() as session:
            made.append(await service.collect(session, payee_id=one, now=await business_now(session)))
    return made


async def ready(provider: FakeProvider, drain: Drain, advance: Advance, *amounts: int) -> Stage:
    """A tailor with an account that has rested, to whom so much is available."""
    stage = await set_up(provider)
    await enrol(provider, [stage.tailor], drain)
    await owe(stage.scene.order, stage.tailor, *amounts)
    await advance(hours=25)
    return stage


async def ask(drain: Drain, advance: Advance, *, minutes: float = 61) -> None:
    """Let the longest pause pass, then do what the sweep does."""
    await advance(minutes=minutes)
    await tasks.ask_again()
    await drain()


async def payouts(organisation: UUID | None = None) -> list[Payout]:
    """Payouts, oldest first."""
    query = select(Payout).order_by(Payout.id)
    async with db.transaction() as session:
        found: Sequence[Payout] = (await session.scalars(query)).all()
    return [one for one in found if organisation in (None, one.payee_id)]


async def states_of(organisation: UUID | None = None) -> list[str]:
    """States of the payouts, oldest first."""
    return [one.state for one in await payouts(organisation)]


async def earnings_of(organisation: UUID) -> list[tuple[int, str, int]]:
    """(rupiah, state, batch) of what a party has earned, oldest first."""
    query = select(Earning).where(Earning.organisation_id == organisation).order_by(Earning.id)
    async with db.transaction() as session:
        return [(row.amount_idr, row.state, row.batch) for row in await session.scalars(query)]


async def in_one(session: AsyncSession, payout_id: UUID) -> Payout:
    """A payout as this session sees it."""
    return await session.get_one(Payout, payout_id, populate_existing=True)
