"""What the tests of the contract begin with."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from clothingline.integrations.payments import Charge, Movement, PaymentProvider, Wish
from tests.integrations.places import Place

LONG_AGO = datetime.now(UTC) - timedelta(days=1)


def wish(amount_idr: int = 1_080_000, reference: str = "") -> Wish:
    """A charge that nobody else has asked for."""
    return Wish(reference or f"pay_{uuid4().hex}", amount_idr, "Pesanan CL-2606-0001", back_url="http://toko.test")


async def opened(place: Place, amount_idr: int = 1_000, reference: str = "pay_1") -> Charge:
    """A charge that may be paid."""
    return await place.provider.open_charge(wish(amount_idr, reference))


async def paid(place: Place, amount_idr: int = 1_000, reference: str = "pay_1") -> str:
    """A charge that was paid by card."""
    charge = await opened(place, amount_idr, reference)
    place.hand.pay(charge.id, "card")
    return charge.id


async def ready(place: Place) -> str:
    """A payee who has been on the page."""
    payee = await place.provider.open_payee("org_1", "Siti")
    return place.hand.allow(payee.id).id


async def everything(provider: PaymentProvider, destination: str | None = None) -> list[Movement]:
    """All movements, page by page."""
    found: list[Movement] = []
    after: str | None = None
    until = datetime.now(UTC) + timedelta(minutes=1)
    while True:
        rows, after = await provider.movements(LONG_AGO, until, after, destination)
        found += rows
        if after is None:
            return found
