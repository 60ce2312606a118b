"""Runs, what they find, and two officers who explain what is known."""

from collections.abc import Awaitable, Callable
from uuid import UUID, uuid4

from sqlalchemy import select

from clothingline.accounts.models import Account
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.reconciliation import service
from clothingline.reconciliation.models import Difference, Reconciliation
from tests.payouts.stage import Advance, Stage, ready

Drain = Callable[[], Awaitable[None]]
Said = tuple[str, str, int | None, int | None]


async def reconcile(drain: Drain) -> list[Said]:
    """A whole run with everything that it settles; (code, kind of thing, ours, theirs) of what is open after it."""
    async with db.transaction() as session:
        begun = await service.begin(session)
    assert begun is not None
    await drain()
    async with db.transaction() as session:
        run = await session.get_one(Reconciliation, begun.id)
    assert run.state == "done"
    return await still_open()


async def still_open() -> list[Said]:
    """What is open, in the order of codes; what only they or only we know of comes first."""
    standing = [one for one in await differences() if one.state == "open"]
    said = [(one.code, one.object_type, one.ours_idr, one.theirs_idr) for one in standing]
    return sorted(said, key=lambda one: [(part is not None, part) for part in one])


async def differences() -> list[Difference]:
    """Every difference, oldest first."""
    async with db.transaction() as session:
        return list(await session.scalars(select(Difference).order_by(Difference.id)))


async def officer() -> UUID:
    """The account of somebody."""
    async with db.transaction() as session:
        account = Account(phone=f"+62{uuid4().int % 10**11}", name="Petugas")
        session.add(account)
        await session.flush()
        return account.id


async def resolve(difference: Difference, resolution: str, *people: UUID) -> None:
    """These people say one after the other what a difference is."""
    for person in people:
        async with db.transaction() as session:
            await service.resolve(
                session, difference_id=difference.id, resolution=resolution, reason="Modal awal", by=person
            )


async def clean(provider: FakeProvider, drain: Drain, advance: Advance, *amounts: int) -> Stage:
    """A tailor to whom so much is available, in a world in which nothing differs: the capital is explained."""
    stage = await ready(provider, drain, advance, *amounts)
    assert await reconcile(drain) == [("unknown_object", "top_up", None, 100_000_000)]
    [capital] = await differences()
    await resolve(capital, "explained", await officer(), await officer())
    assert await reconcile(drain) == []
    return stage
