"""What is said by text message, and whether it is still so. Never a body's measures, never who ordered from whom."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.models import Organisation
from clothingline.kit.ids import show
from clothingline.notices.models import TextMessage
from clothingline.orders.models import Order
from clothingline.payments.models import Payment
from clothingline.payouts.models import Payout
from clothingline.routing.cards import cards_of
from clothingline.routing.models import OPEN, Offer
from clothingline.web.written import NBSP, filters

Values = dict[str, str]
Filters = dict[str, Callable[..., str]]
WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "offer": {
        "id": "Tawaran jahit baru: {garment}, {pieces} potong, upah {pay}. Jawab sebelum {until}: {link}",
        "en": "New sewing offer: {garment}, {pieces} pieces, pay {pay}. Answer before {until}: {link}",
    },
    "closing": {
        "id": "Tawaran {garment}, {pieces} potong, menunggu sampai {until}. Jawab, atau minta waktu lagi: {link}",
        "en": "The offer {garment}, {pieces} pieces, waits until {until}. Answer, or ask for more time: {link}",
    },
    "payment": {
        "id": "Pembayaran {paid} untuk pesanan {code} sudah diterima: {link}",
        "en": "Your payment of {paid} for order {code} has arrived: {link}",
    },
    "action_required": {
        "id": "Pesanan {code} perlu jawaban Anda: {link}",
        "en": "Order {code} needs your answer: {link}",
    },
    "confirmed": {
        "id": "Penjahit pesanan {code} sudah pasti. Sampai paling lambat {day}: {link}",
        "en": "Order {code} has its tailors. Arrives by {day} at the latest: {link}",
    },
    "shipped": {
        "id": "Pesanan {code} sudah dikirim: {link}",
        "en": "Order {code} is on its way: {link}",
    },
    "delivered": {
        "id": "Pesanan {code} sudah tiba. Periksa, lalu terima atau laporkan masalah: {link}",
        "en": "Order {code} has arrived. Look at it, then accept it or report a problem: {link}",
    },
    "payout": {
        "id": "Uang {paid} sudah dikirim ke rekening Anda. Rinciannya: {link}",
        "en": "{paid} was sent to your account. Details: {link}",
    },
}
TOLD_STATES: Final = ("action_required", "confirmed", "shipped", "delivered")
"""States of an order of which its consumer is told."""
HOLDS: Final[Mapping[str, tuple[str, ...]]] = {"confirmed": ("confirmed", "in_production", "ready")}
"""For how long it is worth saying: that the tailors are sure, with the promised day, until the parcel leaves."""
MONEY_OF: Final[Mapping[str, str]] = {"tailor": "/t/uang", "supplier": "/pemasok/uang"}
"""Who is told of money that was sent, and where it is explained; a brand sees it on its desk."""


async def say(session: AsyncSession, text: TextMessage, *, language: str, address: str) -> str | None:
    """The message, or None where what it tells is over. `address` is that of the site, without a slash at its end.

    Spaces are plain ones: any sign outside the alphabet of telephones more than halves what a text may hold.
    """
    found = await _READERS.get(text.kind, _of_order)(session, text, filters(language))
    if found is None:
        return None
    path = found.pop("path")
    return WORDS[text.kind][language].format(**found, link=f"{address}{path}").replace(NBSP, " ")


async def _of_offer(session: AsyncSession, text: TextMessage, told: Filters) -> Values | None:
    offer = await session.get(Offer, text.about)
    if offer is None or offer.state not in OPEN:
        return None
    garment = (await cards_of(session, [offer]))[offer.id].garment
    until = told["moment"](offer.expires_at)
    said = {"garment": garment, "pieces": str(offer.pieces), "pay": told["rupiah"](offer.pay_idr), "until": until}
    return {**said, "path": f"/t/tawaran/{show('off', offer.id)}"}


async def _of_order(session: AsyncSession, text: TextMessage, told: Filters) -> Values | None:
    order = await session.get(Order, text.about)
    if order is None or order.state not in HOLDS.get(text.kind, (text.kind,)):
        return None
    day = told["day"](order.promise_on) if order.promise_on else ""
    return {"code": order.code, "day": day, "path": f"/pesanan/{order.code}"}


async def _of_payment(session: AsyncSession, text: TextMessage, told: Filters) -> Values | None:
    payment = await session.get(Payment, text.about)
    if payment is None or not payment.captured_idr:
        return None
    order = await session.get_one(Order, payment.order_id)
    return {"code": order.code, "paid": told["rupiah"](payment.captured_idr), "path": f"/pesanan/{order.code}"}


async def _of_payout(session: AsyncSession, text: TextMessage, told: Filters) -> Values | None:
    payout = await session.get(Payout, text.about)
    if payout is None or payout.state != "settled":
        return None
    payee = await session.get_one(Organisation, payout.payee_id)
    return {"paid": told["rupiah"](payout.amount_idr), "path": MONEY_OF[payee.kind]}


_READERS: Final[Mapping[str, Callable[[AsyncSession, TextMessage, Filters], Awaitable[Values | None]]]] = {
    "offer": _of_offer,
    "closing": _of_offer,
    "payment": _of_payment,
    "payout": _of_payout,
}
