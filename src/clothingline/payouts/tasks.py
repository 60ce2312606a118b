"""What payouts do when others have spoken, and by the clock. Every job may run twice; ids arrive as text."""

from datetime import timedelta
from functools import partial
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.integrations import payments as providers
from clothingline.kit import db, heartbeats, jobs, sweeping
from clothingline.kit.clock import WIB, business_now, local_date
from clothingline.kit.failpoints import failpoint
from clothingline.kit.ids import show
from clothingline.kit.jobs import task
from clothingline.payments import queries as payments
from clothingline.payments import service as paying
from clothingline.payouts import noticing, pursuing, queries, service
from clothingline.payouts.models import Payee

log = structlog.get_logger("payouts")
COLLECTING, COLLECT_EVERY = "payouts.collect", timedelta(minutes=10)
ASKING, ASK_EVERY = "payouts.ask", timedelta(minutes=1)
OPENS_AT = 6
"""Hour of western Indonesian time from which on payouts of the day are made."""


@task
async def open_account(*, payee_id: str) -> None:
    """Somebody is to be paid: ask the provider for an account, under the payee's own reference."""
    async with db.transaction() as session:
        payee = await queries.get_payee_for_update(session, UUID(payee_id))
        name = await queries.name_of_payee(session, payee.id)
    if payee.provider_account is not None:
        return
    await failpoint("payouts.open_account:read")
    account = await providers.current().open_payee(show("pye", payee.id), name)
    await failpoint("payouts.open_account:opened")
    async with db.transaction() as session:
        await service.note_payee(session, payee_id=payee.id, account=account)


@task
async def pursue(*, payout_id: str) -> None:
    """A payout may leave, has failed or has come back: take it as far as it goes now."""
    await pursuing.pursue(UUID(payout_id))


@task
async def settle_notice(*, notice_id: str) -> None:
    """The provider has told us something of a payee or a payout: fetch it, compare, and act."""
    async with db.transaction() as session:
        notice = await payments.find_notice(session, UUID(notice_id))
    if notice is None:
        return
    await failpoint("payouts.settle_notice:read")
    try:
        thing = await noticing.fetch(notice)
    except providers.ObjectUnknown:
        async with db.transaction() as session:
            await paying.quarantine(session, notice_id=notice.id, reason=f"{notice.object_kind}_unknown")
        return
    await failpoint("payouts.settle_notice:fetched")
    async with db.transaction() as session:
        await noticing.act(session, notice=notice, thing=thing)


async def collect_due() -> int:
    """Make the payouts of the payees whose day it is, from six in the morning on; returns how many were made."""
    async with db.transaction() as session:
        now = (await business_now(session)).astimezone(WIB)
        if not await heartbeats.due(session, COLLECTING, every=COLLECT_EVERY) or now.hour < OPENS_AT:
            return 0
    return await sweeping.page_by_page(partial(queries.list_due_payees, today=now.date()), _collect)


async def _collect(session: AsyncSession, payee_id: UUID) -> bool:
    now = await business_now(session)
    return await service.collect(session, payee_id=payee_id, now=now) is not None


async def withdraw_overdue() -> int:
    """Drafts that were not approved in time end, and their earnings are available again; returns how many."""
    async with db.transaction() as session:
        today = local_date(await business_now(session))
        overdue = await queries.list_drafts(session, made_by=service.overdue_since(today))
    return await sweeping.each(overdue, _withdraw)


async def _withdraw(session: AsyncSession, payout_id: UUID) -> bool:
    return await service.withdraw(session, payout_id=payout_id, why="not_approved")


async def ask_again() -> int:
    """Queue a job for every payout about which the provider is to be asked; returns how many."""
    async with db.transaction() as session:
        if not await heartbeats.due(session, ASKING, every=ASK_EVERY):
            return 0
        taken = await service.take_to_ask(session)
        await jobs.defer_all(session, pursue, [{"payout_id": str(one)} for one in taken])
        await service.sound_doubts(session)
    return len(taken)


async def ask_about_payees() -> int:
    """Ask the provider about payees who may not be paid, since a notice may be lost; returns how many have moved.

    One without a good answer changes nothing and hinders no other: the next question comes after its pause.
    """
    async with db.transaction() as session:
        taken = await service.take_payees_to_ask(session)
    return await sweeping.every(taken, _look)


async def _look(payee: Payee) -> bool:
    try:
        account = await providers.current().fetch_payee(str(payee.provider_account))
    except (providers.Busy, providers.OutcomeUnknown, providers.ObjectUnknown) as fault:
        log.warning("asked again later", payee=show("pye", payee.id), cause=type(fault).__name__)
        return False
    async with db.transaction() as session:
        return await service.note_payee(session, payee_id=payee.id, account=account)
