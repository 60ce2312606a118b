"""Rina's order at Busana Melati, brought to any stage, and browsers of people who look at it."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy import update

from clothingline.kit import db
from clothingline.kit.clock import business_now, local_date
from clothingline.orders.models import Order
from tests.cast import Cast
from tests.production.scene import Scene, set_scene
from tests.web.desk import Desk, desk_of

Open = Callable[..., Awaitable[tuple[Scene, Desk]]]


@pytest.fixture
def open_order(app: FastAPI, cast: Cast) -> Open:
    """The scene at a stage with its day promised, and Rina's browser."""

    async def opened(**wish: object) -> tuple[Scene, Desk]:
        scene = await set_scene(cast, **wish)  # type: ignore[arg-type]  # passed on
        async with db.transaction() as session:
            promised = local_date(await business_now(session)) + timedelta(days=24)
            await session.execute(update(Order).where(Order.id == scene.order_id).values(promise_on=promised))
        return scene, desk_of(app, scene.rina)

    return opened
