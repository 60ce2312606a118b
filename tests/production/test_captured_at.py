"""When a submission was made that a phone kept for a while: at most as long ago as is allowed, never ahead."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from clothingline.kit import db
from clothingline.kit.events import Event
from clothingline.production import queries
from clothingline.production.models import Submission
from tests.cast import Cast
from tests.production.camera import shot, upload
from tests.production.scene import Scene, released_jobs, set_scene, started_job
from tests.routing.street import move_clock, now


async def photographed(cast: Cast) -> tuple[Scene, str, str]:
    """A job that is being sewn, and a photo of it."""
    scene = await set_scene(cast)
    [job] = await released_jobs(scene)
    await started_job(scene, job)
    return scene, job, (await upload(scene.siti, job, shot())).json()["id"]


async def submission() -> Submission:
    """What was handed in."""
    async with db.transaction() as session:
        return (await session.scalars(select(Submission))).one()


async def test_a_submission_made_offline_keeps_the_time_on_the_telephone(cast: Cast) -> None:
    scene, job, photo = await photographed(cast)
    body = {"good": 11, "faulty": 1, "photos": [photo], "note": "Satu kancing lepas."}
    path = f"/v1/jobs/{job}/submission"
    nonsense = await scene.siti.post(path, body, x_captured_at="0001-01-01T00:00:00+07:00")
    await move_clock(hours=5)
    before = await now() - timedelta(hours=2)
    answer = await scene.siti.post(path, body, x_captured_at=before.isoformat())
    assert (nonsense.status_code, answer.status_code) == (422, 201)
    said = await submission()
    assert said.captured_at is not None
    assert (said.captured_at - before).total_seconds() == pytest.approx(0, abs=30)
    assert (said.good, said.faulty) == (11, 1)
    assert said.at > before + timedelta(hours=1)


async def test_a_submission_is_dated_back_no_further_than_others_last_changed_the_job(cast: Cast) -> None:
    scene, job, photo = await photographed(cast)
    await move_clock(hours=5)
    path, body = f"/v1/jobs/{job}/submission", {"good": 12, "faulty": 0, "photos": [photo]}
    answer = await scene.siti.post(path, body, x_captured_at=(await now() - timedelta(days=2)).isoformat())
    assert answer.status_code == 201
    said = await submission()
    async with db.transaction() as session:
        [made] = await session.scalars(select(Event).where(Event.name == "JobMade"))
    assert said.captured_at == made.at


async def test_a_submission_is_not_dated_ahead_of_itself_by_what_others_do_in_the_same_moment(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene, job, photo = await photographed(cast)

    async def in_this_moment(*_: object) -> datetime:
        return await now() + timedelta(seconds=2)

    monkeypatch.setattr(queries, "last_changed_by_others", in_this_moment)
    path, body = f"/v1/jobs/{job}/submission", {"good": 12, "faulty": 0, "photos": [photo]}
    answer = await scene.siti.post(path, body, x_captured_at=(await now() - timedelta(hours=1)).isoformat())
    assert answer.status_code == 201
    said = await submission()
    assert said.captured_at == said.at


@pytest.mark.parametrize(("said_days_ago", "hours"), [(60, 72), (-1, 0)])
async def test_a_submission_is_dated_back_72_hours_at_most_and_never_ahead(
    cast: Cast, said_days_ago: int, hours: int
) -> None:
    scene, job, photo = await photographed(cast)
    await move_clock(hours=24 * 10)
    path, body = f"/v1/jobs/{job}/submission", {"good": 12, "faulty": 0, "photos": [photo]}
    await scene.siti.post(path, body, x_captured_at=(await now() - timedelta(days=said_days_ago)).isoformat())
    said = await submission()
    assert said.captured_at == said.at - timedelta(hours=hours)
