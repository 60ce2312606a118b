"""Uploading photos and reading them back."""

import asyncio
import io
from pathlib import Path
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import func, select

from clothingline.kit import db, storage
from clothingline.kit.ids import new_id, show
from clothingline.kit.states import move
from clothingline.production.models import JOB, Job, Photo
from tests.cast import Cast
from tests.production.camera import shot, upload
from tests.production.scene import another_brand, another_maker, planned_run, released_jobs, set_scene


@pytest.fixture(autouse=True)
def _files_of_this_test(app: object, tmp_path: Path) -> Path:
    """An empty file store."""
    storage.use(storage.Files(tmp_path))
    return tmp_path


def stored(folder: Path) -> list[Path]:
    """Every file in the store."""
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_a_photo_is_redrawn_stored_under_a_random_name_and_read_back_by_maker_and_brand(
    cast: Cast, tmp_path: Path
) -> None:
    scene = await set_scene(cast)
    [job] = await released_jobs(scene)
    answer = await upload(scene.siti, job, shot(3000, 2000))
    photo = answer.json()
    assert (answer.status_code, photo["width"], photo["height"], photo["job"]) == (201, 1600, 1067, job)
    for actor in (scene.siti, scene.dewi):
        shown = await actor.get(f"/v1/photos/{photo['id']}")
        assert (shown.status_code, shown.headers["content-type"]) == (200, "image/jpeg")
        assert "sandbox" in shown.headers["content-security-policy"]
        with Image.open(io.BytesIO(shown.content)) as seen:
            assert seen.size == (1600, 1067)
    [path] = stored(tmp_path)
    assert (path.read_bytes(), len(shown.content)) == (shown.content, photo["size"])
    assert job not in str(path)


async def test_the_photo_of_a_stranger_is_unknown_like_one_that_never_was(cast: Cast) -> None:
    scene = await set_scene(cast)
    [job] = await released_jobs(scene)
    photo = (await upload(scene.siti, job, shot())).json()["id"]
    tono, ayu = await another_maker(cast), await another_brand(cast)
    answers = [await tono.get(f"/v1/photos/{photo}"), await ayu.get(f"/v1/photos/{photo}")]
    answers += [await tono.get(f"/v1/photos/{show('pho', new_id())}")]
    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(404, "photo_unknown")] * 3
    assert (await scene.rina.get(f"/v1/photos/{photo}")).status_code == 403


async def test_what_is_no_picture_leaves_neither_row_nor_file(cast: Cast, tmp_path: Path) -> None:
    scene = await set_scene(cast)
    [job] = await released_jobs(scene)
    for content in (b"", b"<svg/>", shot()[:200]):
        answer = await upload(scene.siti, job, content)
        assert (answer.status_code, answer.json()["code"]) == (422, "picture_unreadable")
    async with db.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(Photo)) == 0
    assert stored(tmp_path) == []


async def test_the_bytes_decide_and_not_the_stated_type(cast: Cast) -> None:
    scene = await set_scene(cast)
    [job] = await released_jobs(scene)
    answer = await upload(scene.siti, job, shot(kind="PNG"), kind="image/jpeg")
    assert answer.status_code == 201


async def test_a_file_of_more_than_ten_megabytes_is_refused(cast: Cast, tmp_path: Path) -> None:
    scene = await set_scene(cast)
    [job] = await released_jobs(scene)
    answer = await upload(scene.siti, job, shot() + bytes(10 * 1024 * 1024))
    assert answer.status_code == 413
    assert stored(tmp_path) == []


async def test_a_repeated_upload_gets_the_first_answer_and_stores_no_second_file(cast: Cast, tmp_path: Path) -> None:
    scene = await set_scene(cast)
    [job] = await released_jobs(scene)
    key, content = str(uuid4()), shot()
    first = await upload(scene.siti, job, content, key=key)
    again = await upload(scene.siti, job, content, key=key)
    other = await upload(scene.siti, job, shot(colour="red"), key=key)
    assert (again.content, again.headers["idempotent-replayed"]) == (first.content, "true")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert len(stored(tmp_path)) == 1


async def test_one_upload_sent_many_times_at_once_is_recorded_once(cast: Cast) -> None:
    scene = await set_scene(cast)
    [job] = await released_jobs(scene)
    key, content = str(uuid4()), shot()
    answers = await asyncio.gather(*(upload(scene.siti, job, content, key=key) for _ in range(4)))
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert 201 in {answer.status_code for answer in answers}
    async with db.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(Photo)) == 1


async def test_a_cancelled_job_takes_no_more_photos(cast: Cast) -> None:
    scene = await set_scene(cast)
    await planned_run(scene)
    [card] = (await scene.siti.get("/v1/jobs")).json()["data"]
    async with db.transaction() as session:
        await move(session, JOB, Job, "cancel", Job.pieces == 12)
    answer = await upload(scene.siti, card["id"], shot())
    assert (answer.status_code, answer.json()["code"]) == (409, "job_withdrawn")


async def test_a_photo_of_no_job_is_refused_before_it_is_looked_at(cast: Cast, tmp_path: Path) -> None:
    scene = await set_scene(cast)
    for job in (show("job", new_id()), "job_salah"):
        answer = await upload(scene.siti, job, b"apa saja")
        assert (answer.status_code, answer.json()["code"]) == (404, "job_unknown")
    assert stored(tmp_path) == []
