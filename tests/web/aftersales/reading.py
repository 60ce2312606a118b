"""Where reviews are read, and how one comes there."""

import re
from typing import Any

import httpx
from sqlalchemy import select

from clothingline.brands.models import Brand
from clothingline.garments.models import Design
from clothingline.kit import db
from tests.aftersales.scenes import FIT, rated_by_brand, rated_by_tailor, reviewed
from tests.production.scene import Scene
from tests.web.desk import Desk

FORM: dict[str, Any] = {f"fit_{zone}": said for zone, said in FIT.items()} | {
    "neatness": 5,
    "on_time": "true",
    "words": "Kerahnya\r\nbagus sekali.",
}


async def design_of(scene: Scene) -> str:
    """The slug of its design."""
    async with db.transaction() as session:
        return str(await session.scalar(select(Design.slug).where(Design.brand_id == scene.brand_id)))


async def slug_of(scene: Scene) -> str:
    """The slug of its brand."""
    async with db.transaction() as session:
        return str(await session.scalar(select(Brand.slug).where(Brand.id == scene.brand_id)))


async def open_one(scene: Scene, jobs: list[str], **otherwise: Any) -> str:
    """Rina's review, read by everybody."""
    review = await reviewed(scene, **otherwise)
    await rated_by_brand(scene)
    for maker, job in enumerate(jobs):
        await rated_by_tailor(scene, job, maker=maker)
    return review


async def send_with_photo(desk: Desk, path: str, content: bytes, **fields: object) -> httpx.Response:
    """The form as a browser sends it when a picture is chosen."""
    page = await desk.page(path)
    key = re.search(r'name="kunci" value="([^"]*)"', page)
    assert key
    data = {"kunci": key[1], **{name: str(value) for name, value in fields.items()}}
    return await desk.client.post(path, data=data, files={"photo": ("kemeja.jpg", content, "image/jpeg")})
