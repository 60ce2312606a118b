"""Photos as a telephone takes them, and their upload."""

import io
from uuid import uuid4

import httpx
from PIL import Image

from tests.cast import Actor
from tests.production.scene import Scene, started_job

GPS = 0x8825
MAKE, ORIENTATION = 0x010F, 0x0112


def shot(width: int = 640, height: int = 480, *, kind: str = "JPEG", upside: int = 1, colour: str = "navy") -> bytes:
    """A picture with a maker's name, a place and an orientation in its metadata."""
    exif = Image.Exif()
    exif[MAKE], exif[ORIENTATION] = "RAHASIA-PABRIK", upside
    exif.get_ifd(GPS)[2] = (6.0, 10.0, 42.0)
    written = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(written, kind, exif=exif)
    return written.getvalue()


async def upload(actor: Actor, job: str, content: bytes, *, key: str = "", kind: str = "image/jpeg") -> httpx.Response:
    """Send the raw bytes."""
    headers = {"authorization": f"Bearer {actor.token}", "idempotency-key": key or str(uuid4()), "content-type": kind}
    return await actor.client.post(f"/v1/jobs/{job}/photos", content=content, headers=headers)


async def submitted_job(scene: Scene, job: str, *, maker: int = 0, pieces: int = 12, faulty: int = 0) -> None:
    """Kit counted, sewn, photographed and handed to inspection."""
    await started_job(scene, job, maker=maker, pieces=pieces)
    photo = (await upload(scene.makers[maker], job, shot())).json()["id"]
    body = {"good": pieces - faulty, "faulty": faulty, "photos": [photo], "note": None}
    answer = await scene.makers[maker].post(f"/v1/jobs/{job}/submission", body)
    assert answer.status_code == 201, answer.text


async def passed_job(scene: Scene, job: str, *, maker: int = 0, pieces: int = 12) -> None:
    """Sewn, inspected and found good."""
    await submitted_job(scene, job, maker=maker, pieces=pieces)
    check = (await scene.dewi.post(f"/v1/jobs/{job}/inspections", {})).json()["id"]
    verdict = {"critical": 0, "major": 0, "minor": 0}
    answer = await scene.dewi.post(f"/v1/inspections/{check}/verdict", verdict)
    assert answer.status_code == 201, answer.text
