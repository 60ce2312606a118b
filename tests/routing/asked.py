"""Who is asked for an order: one of a kind, or several makers."""

from datetime import timedelta
from typing import Any

import httpx

from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit.weeks import monday_of
from tests.routing.street import Street, open_street, today


async def only(street: Street, order: str, kind: str) -> dict[str, Any]:
    """The one offer of a kind."""
    [offer] = await street.offers(order, kind=kind)
    return offer


async def busy_street(client: httpx.AsyncClient, provider: FakeProvider) -> Street:
    """Seven makers, each with two hours a day."""
    return await open_street(client, provider, makers=7, tailor={"weekday_seconds": [7_200] * 6 + [0]})


async def placed_with_several(street: Street) -> str:
    """An order that takes several makers of a busy street, on whatever day of the week it is placed."""
    day = min(monday_of(await today()) + timedelta(days=27), await today() + timedelta(days=24))
    return await street.placed(sizes={"M": 20, "L": 28}, needed_by=day.isoformat())
