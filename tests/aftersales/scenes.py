"""Orders that have come, with everybody who made them, and what people say of each other."""

from typing import Any

import httpx

from clothingline.kit import db
from clothingline.kit.states import move
from clothingline.orders.models import ORDER, Order
from tests.cast import Actor, Cast
from tests.fulfilment.test_shipping import delivered
from tests.production.scene import Scene, released_jobs, set_scene

FIT = {"chest": "tight", "waist": "right", "shoulder": "right", "sleeve": "right", "length": "right"}
SAID: dict[str, Any] = {"fit": FIT, "neatness": 4, "on_time": True, "words": "Jahitannya rapi."}
RATED = {"rating": 5, "words": "Ukurannya jelas."}


async def arrived(cast: Cast, **wish: Any) -> tuple[Scene, list[str]]:
    """Rina's order at her door, and the jobs of its makers."""
    scene = await set_scene(cast, **wish)
    jobs = await released_jobs(scene)
    async with db.transaction() as session:
        await move(session, ORDER, Order, "all_packed", Order.id == scene.order_id)
    await delivered(scene)
    return scene, jobs


async def reviewed(scene: Scene, **otherwise: Any) -> str:
    """Rina's review, by its id."""
    answer = await scene.rina.post(f"/v1/orders/{scene.code}/reviews", SAID | otherwise)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def rated_by_brand(scene: Scene, **otherwise: Any) -> httpx.Response:
    """What the brand says of Rina."""
    return await scene.dewi.post(f"/v1/orders/{scene.code}/remarks", RATED | otherwise)


async def rated_by_tailor(scene: Scene, job: str, *, maker: int = 0, **otherwise: Any) -> httpx.Response:
    """What a tailor says of her."""
    return await scene.makers[maker].post(f"/v1/jobs/{job}/remarks", RATED | otherwise)


async def read(actor: Actor, review: str) -> dict[str, Any]:
    """A review as somebody reads it."""
    answer = await actor.get(f"/v1/reviews/{review}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def open_reviews(actor: Actor, **query: str) -> list[dict[str, Any]]:
    """What everybody reads."""
    answer = await actor.client.get("/v1/reviews", params=query)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["data"])
