"""What papers do when money has moved. Every job may run twice; ids arrive as text."""

import asyncio
from uuid import UUID

import structlog

from clothingline.kit import db, storage
from clothingline.kit.clock import business_now
from clothingline.kit.failpoints import failpoint
from clothingline.kit.ids import show
from clothingline.kit.jobs import task
from clothingline.orders import queries as orders
from clothingline.papers import queries, rendering, service
from clothingline.papers.kinds import credit_note, invoice, payout_statement, receipt
from clothingline.papers.models import Document
from clothingline.payments.models import Payment, Refund
from clothingline.payouts.models import Payout

log = structlog.get_logger("papers")


@task
async def wish_receipt(*, payment_id: str, order_id: str) -> None:
    """Money has arrived for an order: its consumer gets a receipt."""
    async with db.transaction() as session:
        payment = await session.get_one(Payment, UUID(payment_id))
        order = await orders.get_order_by_id(session, payment.order_id)
        await service.wish(
            session,
            kind="receipt",
            subject=show("pay", payment.id),
            facts=await receipt.read(session, payment, order),
            belonging=service.Belonging(account_id=order.consumer_id, order_id=order.id),
            now=await business_now(session),
        )


@task
async def wish_credit_note(*, refund_id: str, order_id: str) -> None:
    """Money has gone back: its consumer gets a credit note, and another one when that came back and was sent again."""
    async with db.transaction() as session:
        refund = await session.get_one(Refund, UUID(refund_id))
        payment = await session.get_one(Payment, refund.payment_id)
        order = await orders.get_order_by_id(session, payment.order_id)
        facts, name = await credit_note.read(session, refund, order), show("rfd", refund.id)
        await service.wish(
            session,
            kind="credit_note",
            subject=f"{name}-{facts['step']}" if facts["step"] else name,
            facts=facts,
            belonging=service.Belonging(account_id=order.consumer_id, order_id=order.id),
            now=await business_now(session),
        )


@task
async def wish_invoice(*, order_id: str) -> None:
    """The goods are accepted: consumer and brand get the invoice."""
    async with db.transaction() as session:
        order = await orders.get_order_by_id(session, UUID(order_id))
        belonging = service.Belonging(account_id=order.consumer_id, organisation_id=order.brand_id, order_id=order.id)
        await service.wish(
            session,
            kind="invoice",
            subject=show("ord", order.id),
            facts=await invoice.read(session, order),
            belonging=belonging,
            now=await business_now(session),
        )


@task
async def wish_payout_statement(*, payout_id: str) -> None:
    """The bank has the money of a payout: who was paid gets a statement of it."""
    async with db.transaction() as session:
        payout = await session.get_one(Payout, UUID(payout_id))
        await service.wish(
            session,
            kind="payout_statement",
            subject=show("out", payout.id),
            facts=await payout_statement.read(session, payout),
            belonging=service.Belonging(organisation_id=payout.payee_id),
            now=await business_now(session),
        )


@task
async def make(*, document_id: str) -> None:
    """A paper is wished for: print it, store it, and note its digest."""
    async with db.transaction() as session:
        document = await queries.find_unmade(session, UUID(document_id))
    if document is None:
        return
    try:
        content = await asyncio.to_thread(_print, document)
    except rendering.Unprintable as error:
        log.error("unprintable", document=document.number, cause=str(error))
        async with db.transaction() as session:
            await service.note_failed(session, document_id=document.id)
        return
    await failpoint("papers.make:printed")
    path = await storage.current().put("documents", content, ending="pdf")
    await failpoint("papers.make:stored")
    async with db.transaction() as session:
        version = rendering.template_version()
        await service.note_made(session, document_id=document.id, content=content, path=path, template_version=version)


def _print(document: Document) -> bytes:
    return rendering.render(document.kind, number=document.number, issued_at=document.created_at, facts=document.facts)
