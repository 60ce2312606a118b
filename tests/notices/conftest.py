"""An organisation with endpoints that this machine receives, and events that happen to it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from clothingline.kit import db, ids, outgoing
from clothingline.kit.access import Role
from clothingline.kit.events import emit
from clothingline.notices.models import WebhookDelivery
from clothingline.notices.service import delivering
from clothingline.orders.events import OrderPaid
from clothingline.settings import settings
from tests.cast import Actor, Cast
from tests.parties import make_brand, make_supplier, member


@pytest.fixture(autouse=True)
def reach_private(monkeypatch: pytest.MonkeyPatch) -> None:
    """The receivers of these tests are on this machine."""
    monkeypatch.setattr(settings().notices, "reach_private", True)


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """What hangs here hangs for as long as a test wants, however busy the machine is."""
    monkeypatch.setattr(outgoing, "CONNECT_SECONDS", 60)
    monkeypatch.setattr(outgoing, "TOTAL_SECONDS", 300)
    monkeypatch.setattr(delivering, "LEASE_SECONDS", 600)


@dataclass
class Partner:
    """Somebody who acts for one organisation."""

    actor: Actor
    organisation: UUID

    async def subscribe(self, url: str, *events: str) -> dict[str, Any]:
        """An endpoint, as it is answered; of all events where none is named."""
        answer = await self.actor.post("/v1/webhook-endpoints", {"url": url, "events": list(events) or ["*"]})
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    async def log(self, **query: str) -> list[dict[str, Any]]:
        """The log of deliveries, the oldest first."""
        said = "&".join(f"{name}={value}" for name, value in {"limit": "100", **query}.items())
        answer = await self.actor.get(f"/v1/webhook-deliveries?{said}")
        assert answer.status_code == 200, answer.text
        return list(reversed(answer.json()["data"]))


@pytest.fixture
async def melati(cast: Cast, database: db.Database) -> Partner:
    """A brand."""
    async with database.transaction() as session:
        brand = await make_brand(session)
        actor = await member(cast, session, "0812-3456-7811", Role.BRAND_OWNER, brand.id)
    return Partner(actor, brand.id)


@pytest.fixture
async def kain(cast: Cast, database: db.Database) -> Partner:
    """A supplier."""
    async with database.transaction() as session:
        supplier = await make_supplier(session)
        actor = await member(cast, session, "0812-3456-7812", Role.SUPPLIER, supplier.id, name="Toko Kain")
    return Partner(actor, supplier.id)


async def happen(*audience: UUID, order: UUID | None = None) -> str:
    """One committed event; its id as on the wire."""
    async with db.transaction() as session:
        return ids.show("evt", await emit(session, OrderPaid(order or ids.new_id()), audience=audience))


async def rows() -> list[WebhookDelivery]:
    """Every delivery, the oldest first."""
    async with db.transaction() as session:
        return list(await session.scalars(select(WebhookDelivery).order_by(WebhookDelivery.id)))
