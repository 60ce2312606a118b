"""Jobs on a tailor's phone: the next step, photos, problems; and nothing of anybody else's."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import httpx
import pytest
from sqlalchemy import select

from clothingline.kit import db, ids
from clothingline.kit.events import Event
from clothingline.production.models import Job, JobProblem, Submission
from tests import parties
from tests.cast import Cast
from tests.production.camera import shot
from tests.production.scene import Scene, released_jobs, set_scene
from tests.production.test_measurements import measured_scene
from tests.web.tailor.conftest import Phone
from tests.web.tailor.posting import key_of, send, words_of

LATER = {"x-captured-at": "2026-06-02T08:00:00+07:00", "x-sent-at": "2026-06-02T09:30:00+07:00"}


@dataclass
class Sewn:
    """A job whose kit has been sent, and the tailor's phone."""

    scene: Scene
    job: str
    browser: httpx.AsyncClient

    @property
    def path(self) -> str:
        """The page of the job."""
        return f"/t/kerja/{self.job}"

    async def finish(self, number: int, **fields: str) -> httpx.Response:
        """Say on its page that a step is done."""
        path = f"{self.path}/langkah/{number}"
        return await send(self.browser, await self.browser.get(path), path, **fields)

    async def hand_in(self, *photos: bytes, **fields: str) -> httpx.Response:
        """Send the third step with its photos."""
        path = f"{self.path}/langkah/3"
        page = await self.browser.get(path)
        files = [("photo", ("foto.jpg", content, "image/jpeg")) for content in photos] or None
        return await self.browser.post(path, data={"kunci": key_of(page, path), **fields}, files=files)

    async def stored(self) -> Job:
        """The row of the job."""
        async with db.transaction() as session:
            return await session.get_one(Job, ids.read("job", self.job))


@pytest.fixture
async def sewn(cast: Cast, phone: Phone) -> Sewn:
    """Twelve pieces to sew."""
    scene = await set_scene(cast)
    [job] = await released_jobs(scene)
    return Sewn(scene, job, phone(scene.siti))


async def test_a_job_shows_the_one_step_that_is_next(sewn: Sewn) -> None:
    words = words_of(await sewn.browser.get(sewn.path))
    assert "Hitung kain potong Buka langkah" in words
    assert "Menunggu bahan" in words
    listed = words_of(await sewn.browser.get("/t/kerja"))
    assert "0 dari 5 langkah selesai" in listed


async def test_what_was_ordered_stands_on_the_job_and_on_the_step_in_which_it_is_sewn(cast: Cast, phone: Phone) -> None:
    scene = await set_scene(cast, chosen=parties.CHOSEN)
    [job] = await released_jobs(scene)
    sewn = Sewn(scene, job, phone(scene.siti))
    ordered = "Ukuran M × 12 Warna navy Lengan Lengan 7/8 Bordir ujung lengan Ya Inisial RK-27"
    for path in (sewn.path, f"{sewn.path}/langkah/2", f"{sewn.path}/langkah/3"):
        page = await sewn.browser.get(path)
        assert ordered in words_of(page), path
        assert not [one for one in ("Rina", "Jalan Melati", "Saku dada") if one in page.text]
    sewn.browser.cookies.set("bahasa", "en")
    assert "Embroidered cuffs Yes" in words_of(await sewn.browser.get(sewn.path))
    told = (await scene.siti.get(f"/v1/jobs/{job}")).json()
    assert (told["colour"], [one["choice_id"] for one in told["options"]]) == ("navy", ["Lengan 7/8", "Ya", "RK-27"])


async def test_the_step_of_a_garment_to_measure_leads_to_its_measures(cast: Cast, phone: Phone) -> None:
    scene = await measured_scene(cast)
    [job] = await released_jobs(scene)
    page = await phone(scene.siti).get(f"/t/kerja/{job}/langkah/2")
    assert f'href="/t/kerja/{job}/ukuran"' in page.text


async def test_fewer_pieces_in_the_kit_stop_the_clock_and_tell_the_brand(sewn: Sewn) -> None:
    answer = await sewn.finish(1, pieces="10")
    assert answer.headers["location"] == sewn.path
    assert (await sewn.stored()).state == "blocked"
    assert "Ada masalah – waktu Anda berhenti" in words_of(await sewn.browser.get(sewn.path))


async def test_more_pieces_than_were_cut_are_said_at_the_field(sewn: Sewn) -> None:
    answer = await sewn.finish(1, pieces="13")
    assert answer.status_code == 422
    assert "paling banyak 12 potong" in words_of(answer)
    assert 'value="13"' in answer.text


async def test_what_is_not_good_counts_as_faulty_and_the_photo_is_kept(sewn: Sewn) -> None:
    await sewn.finish(1, pieces="12")
    await sewn.finish(2)
    answer = await sewn.hand_in(shot(), good="11")
    assert answer.status_code == 303
    job = await sewn.stored()
    assert (job.state, job.good, job.faulty) == ("submitted", 11, 1)
    page = await sewn.browser.get(sewn.path)
    photo = page.text.split('src="/foto/')[1].split('"')[0]
    shown = await sewn.browser.get(f"/foto/{photo}")
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/jpeg")


async def test_a_step_without_its_photo_asks_for_it(sewn: Sewn) -> None:
    await sewn.finish(1, pieces="12")
    await sewn.finish(2)
    answer = await sewn.hand_in(good="12")
    assert answer.status_code == 422
    assert "Ambil foto pekerjaan dulu." in words_of(answer)
    assert 'href="#f-photo"' in answer.text
    broken = await sewn.hand_in(b"\xff\xd8\xffno picture", good="12")
    assert broken.status_code == 422
    assert (await sewn.stored()).state == "in_progress"


async def test_a_step_that_was_taken_down_without_signal_keeps_its_time(
    sewn: Sewn, advance: Callable[..., Awaitable[None]]
) -> None:
    await advance(hours=2)  # nobody else has changed the job since
    sewn.browser.headers.update(LATER)
    await sewn.finish(1, pieces="12")
    await sewn.finish(2)
    await sewn.hand_in(shot(), shot(), good="12")
    async with db.transaction() as session:
        said = (await session.scalars(select(Submission))).one()
        rows = await session.scalars(select(Event).where(Event.name.in_(("KitReceived", "JobStarted", "JobSubmitted"))))
        waited = [(event.at - event.captured_at).total_seconds() for event in rows if event.captured_at]
    assert waited == [pytest.approx(5400, abs=1)] * 3
    assert said.captured_at is not None
    assert (said.at - said.captured_at).total_seconds() == pytest.approx(5400, abs=30)
    assert len(said.photo_ids) == 2


async def test_the_phones_script_is_told_where_an_act_led_and_why_it_was_refused(sewn: Sewn) -> None:
    path = f"{sewn.path}/langkah/2"
    sewn.browser.headers.update({"accept": "application/json", "accept-language": "id", "idempotency-key": "a-1"})
    refused = await sewn.browser.post(path)
    assert (refused.status_code, refused.json()["code"]) == (409, "step_out_of_order")
    assert refused.json()["detail"]
    done = await sewn.browser.post(f"{sewn.path}/langkah/1", headers={"idempotency-key": "a-2"})
    assert (done.status_code, done.json()) == (200, {"to": sewn.path})
    again = await sewn.browser.post(f"{sewn.path}/langkah/1", headers={"idempotency-key": "a-2"})
    assert again.json() == done.json()
    sewn.browser.cookies.clear()
    assert (await sewn.browser.post(path, headers={"idempotency-key": "a-3"})).status_code == 401


async def test_a_problem_is_one_tile_and_stops_the_clock(sewn: Sewn) -> None:
    await sewn.finish(1, pieces="12")
    path = f"{sewn.path}/masalah"
    page = await sewn.browser.get(path)
    empty = await send(sewn.browser, page, path)
    assert empty.status_code == 422
    answer = await send(sewn.browser, page, path, problem="mesin")
    assert answer.headers["location"] == sewn.path
    async with db.transaction() as session:
        problem = (await session.scalars(select(JobProblem))).one()
    assert (problem.kind, problem.note) == ("machine", "Mesin rusak")


async def test_a_step_that_is_the_brands_cannot_be_said_to_be_done(sewn: Sewn) -> None:
    assert (await sewn.browser.post(f"{sewn.path}/langkah/4", data={"kunci": "empat"})).status_code == 404
    for number in ("0", "6", "x"):
        assert (await sewn.browser.get(f"{sewn.path}/langkah/{number}")).status_code == 404


async def test_the_job_and_the_photo_of_another_tailor_are_missing_pages(cast: Cast, phone: Phone) -> None:
    scene = await set_scene(cast, pieces=(7, 5))
    first, _ = await released_jobs(scene)
    mine = Sewn(scene, first, phone(scene.siti))
    await mine.finish(1, pieces="7")
    await mine.finish(2)
    await mine.hand_in(shot(), good="7")
    photo = (await mine.browser.get(mine.path)).text.split('src="/foto/')[1].split('"')[0]
    other = phone(scene.makers[1])
    paths = [mine.path, f"{mine.path}/langkah/3", f"{mine.path}/masalah", f"{mine.path}/ukuran", f"/foto/{photo}"]
    paths += ["/t/kerja/job_01kt08000000000000000000aa", "/t/kerja/x"]
    assert [(await other.get(path)).status_code for path in paths] == [404] * len(paths)
    files = {"photo": ("foto.jpg", shot(), "image/jpeg")}
    refused = await other.post(f"{mine.path}/langkah/3", data={"kunci": "fremd"}, files=files)
    assert refused.status_code == 404
    assert mine.job not in (await other.get("/t/kerja")).text
