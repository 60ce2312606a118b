"""Takes a payout as far as it goes now: read, ask or act at the provider, write; each step may be repeated.

What was begun is asked for by its reference before it is begun again, and is never given another one. A provider that
does not answer ends the step: the next question comes after its pause (`service.asking`).
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog

from clothingline.integrations import payments as providers
from clothingline.integrations.payments import BankPayout, Transfer
from clothingline.kit import alarms, db
from clothingline.kit.failpoints import failpoint
from clothingline.kit.ids import show
from clothingline.payouts import queries, service
from clothingline.payouts.models import Payout
from clothingline.payouts.service import Way

log = structlog.get_logger("payouts")
ON_ITS_WAY = ("sent", "needs_reconciliation")
SLACK = timedelta(hours=1)
"""How much earlier than by our clock the provider may have dated something."""


async def pursue(payout_id: UUID) -> None:
    """Send it, find out what became of it, or take the money back, whichever is next."""
    async with db.transaction() as session:
        way = await service.mark_sent(session, payout_id=payout_id)
    if way is None:
        return
    try:
        await _go_on(way)
    except (providers.Busy, providers.OutcomeUnknown, providers.ReferenceReused, providers.ObjectUnknown) as fault:
        log.warning("asked again later", payout=show("out", payout_id), cause=type(fault).__name__)


async def _go_on(way: Way) -> None:
    if way.payout.state in ON_ITS_WAY:
        await _send(way)
    elif way.payout.state in queries.TAKEN_BACK and way.payout.transfer is None:
        await _look_for_late(way)
    elif way.payout.state in queries.TAKEN_BACK and not way.payout.reversal:
        await _take_back(way)
    elif way.payout.state == "settled":
        await _ask_bank(way)


async def _send(way: Way) -> None:
    await failpoint("payouts.send:marked")
    try:
        if way.payout.transfer is not None or await _transfer(way):
            await failpoint("payouts.send:recorded")
            await _pay_out(way)
    except providers.Refused as refusal:
        await _refuse(way, refusal)


async def _transfer(way: Way) -> bool:
    """Whether the money is in the payee's account and may go on to the bank."""
    transfer = await _find_or_make_transfer(way)
    if transfer is None:
        return False
    await failpoint("payouts.send:transferred")
    async with db.transaction() as session:
        return await service.record_transfer(
            session, payout_id=way.payout.id, destination=way.destination, transfer=transfer
        )


async def _find_or_make_transfer(way: Way) -> Transfer | None:
    provider, reference = providers.current(), way.payout.reference("transfer")
    found = None if way.first else await provider.find_transfer(reference)
    if found is not None or not way.may_repeat:
        return found
    async with _acting(way):
        made = await provider.transfer(reference, way.destination, way.payout.amount_idr)
    # The answer to a repeat is the one that was stored the first time; since then the provider may have undone it.
    return made if way.first else await provider.fetch_transfer(made.id)


async def _pay_out(way: Way) -> None:
    bank = await _find_or_make_payout(way)
    if bank is None:
        return
    await failpoint("payouts.send:paid")
    async with db.transaction() as session:
        if await service.record_bank(session, payout_id=way.payout.id, destination=way.destination, bank=bank):
            await service.weigh(session, payout_id=way.payout.id, bank=bank)


async def _find_or_make_payout(way: Way) -> BankPayout | None:
    provider, reference = providers.current(), way.payout.reference("bank")
    if way.payout.bank is not None:
        return await provider.fetch_payout(way.destination, way.payout.bank)
    # Nobody has asked for it before the transfer was recorded, which was just now.
    is_first = way.payout.transfer is None
    found = None if is_first else await provider.find_payout(way.destination, reference, _since(way.payout))
    if found is not None or not (is_first or way.may_repeat):
        return found
    async with _acting(way):
        return await provider.pay_out(reference, way.destination, way.payout.amount_idr)


def _since(payout: Payout) -> datetime:
    """When the payout was made by the real clock, which its id tells, and some time before."""
    return datetime.fromtimestamp((payout.id.int >> 80) // 1000, UTC) - SLACK


@asynccontextmanager
async def _acting(way: Way) -> AsyncIterator[None]:
    """An act whose answer is lost leaves the payout in doubt."""
    try:
        yield
    except (providers.OutcomeUnknown, providers.ReferenceReused):
        async with db.transaction() as session:
            await service.doubt(session, payout_id=way.payout.id)
        raise


async def _refuse(way: Way, refusal: providers.Refused) -> None:
    """Definitely nothing was done: the payout fails, and what the provider says of the payee is kept."""
    async with db.transaction() as session:
        await service.fail(session, payout_id=way.payout.id, failure=refusal.code)
    account = await providers.current().fetch_payee(way.destination)
    async with db.transaction() as session:
        await service.note_payee(session, payee_id=way.payout.payee_id, account=account)


async def _ask_bank(way: Way) -> None:
    """Whether what was paid has come back."""
    bank = await providers.current().fetch_payout(way.destination, str(way.payout.bank))
    async with db.transaction() as session:
        if await service.record_bank(session, payout_id=way.payout.id, destination=way.destination, bank=bank):
            await service.weigh(session, payout_id=way.payout.id, bank=bank)


async def _look_for_late(way: Way) -> None:
    """Whether what counts as refused was made after all; then it is taken back with the next question."""
    transfer = await providers.current().find_transfer(way.payout.reference("transfer"))
    if transfer is not None:
        async with db.transaction() as session:
            await service.record_transfer(
                session, payout_id=way.payout.id, destination=way.destination, transfer=transfer
            )


async def _take_back(way: Way) -> None:
    provider, transfer_id = providers.current(), str(way.payout.transfer)
    await failpoint("payouts.take_back:read")
    transfer = await provider.fetch_transfer(transfer_id)
    try:
        if not transfer.reversals:
            reference = way.payout.reference("back")
            transfer = await provider.take_back(transfer_id, reference, way.payout.amount_idr)
    except providers.Refused as refusal:
        await _sound_refusal(way, refusal)
        return
    await failpoint("payouts.take_back:taken")
    async with db.transaction() as session:
        await service.record_reversal(session, payout_id=way.payout.id, reversal=transfer.reversals[0])


async def _sound_refusal(way: Way, refusal: providers.Refused) -> None:
    async with db.transaction() as session:
        subject = show("out", way.payout.id)
        await alarms.sound(session, name="take_back_refused", subject=subject, detail={"code": refusal.code})
