"""One run on one page, the answers to its makers, and its parcel."""

import re

from fastapi import FastAPI

from clothingline.kit import db, ids
from clothingline.production.sheet import STAGES
from clothingline.routing.models import Plan
from tests import parties
from tests.cast import Cast
from tests.production.camera import passed_job, shot, submitted_job, upload
from tests.production.scene import (
    Scene,
    another_brand,
    pay_in_full,
    planned_run,
    read_job,
    read_order,
    released_jobs,
    set_scene,
    started_job,
)
from tests.web.brands.scened import dewi, scene
from tests.web.desk import Desk, desk_of, words_of

__all__ = ["dewi", "scene"]
RUNS = "/merek/produksi"
PHONE = "+6281234567801"


async def run_of(scene: Scene, job: str) -> str:
    """The page of the run of a job."""
    run = (await read_job(job)).run_id
    assert run is not None
    return f"{RUNS}/{ids.show('run', run)}"


def stage_of(page: str) -> str:
    """The heading of a run with the badge beside it."""
    return page.split("<h1>")[1].split("</div>", maxsplit=1)[0]


async def promised(scene: Scene) -> None:
    """The plan says a day for every stage."""
    async with db.transaction() as session:
        plan = await session.get_one(Plan, scene.plan_id)
        plan.timeline = {stage: str(plan.usual_on) for stage in STAGES}


def done_stages(page: str) -> list[str]:
    """The stages that a page calls done."""
    return re.findall(r'<li class="done">.*?<strong>([^<]+)</strong>', page, re.DOTALL)


async def test_a_run_shows_what_who_by_when_of_what_and_for_how_much(scene: Scene, dewi: Desk) -> None:
    said = words_of(await dewi.page(f"{RUNS}/{await planned_run(scene)}"))
    for words in (
        scene.code,
        "12 potong Kemeja Kerja",
        "Penjahit 1",
        "Rp 360.000",
        "Katun Jepang",
        "19,2 m",
        "Pasti, menunggu dipotong",
        "potong kain dan kirim kit ke penjahit.",
        "Sudah dibayar pembeli Rp 1.200.000",
        "Produksi direncanakan",
        "Tandai selesai potong",
    ):
        assert words in said, words


async def test_a_run_names_size_colour_and_every_option_that_was_chosen(cast: Cast, app: FastAPI) -> None:
    scene = await set_scene(cast, chosen=parties.CHOSEN)
    said = words_of(await desk_of(app, scene.dewi).page(f"{RUNS}/{await planned_run(scene)}"))
    assert "Ukuran M × 12 Warna navy Lengan Lengan 7/8 Bordir ujung lengan Ya Inisial RK-27" in said
    assert "Saku dada" not in said


async def test_before_the_cut_no_kit_is_on_its_way_and_no_stage_is_done(scene: Scene, dewi: Desk) -> None:
    await promised(scene)
    page = f"{RUNS}/{await planned_run(scene)}"
    assert "Kit di jalan" not in await dewi.page(page)
    assert done_stages(await dewi.page(page)) == []
    await released_jobs(scene)
    assert "Kit di jalan" in await dewi.page(page)
    assert done_stages(await dewi.page(page)) == ["Kain tiba", "Potong"]


async def test_pieces_are_back_at_the_brand_once_they_are_handed_over_and_not_before(scene: Scene, dewi: Desk) -> None:
    await promised(scene)
    [job] = await released_jobs(scene)
    await passed_job(scene, job)
    page = await run_of(scene, job)
    assert done_stages(await dewi.page(page)) == ["Kain tiba", "Potong", "Jahit selesai"]
    assert (await scene.siti.post(f"/v1/jobs/{job}/handover")).status_code == 201
    assert "Kembali ke merek" in done_stages(await dewi.page(page))


async def test_pieces_are_shown_by_size_and_maker_with_their_sums(cast: Cast, app: FastAPI) -> None:
    scene = await set_scene(cast, pieces=(12, 8))
    desk = desk_of(app, scene.dewi)
    said = words_of(await desk.page(f"{RUNS}/{await planned_run(scene)}"))
    assert "Penjahit 1 12 12 Penjahit 2 8 8 Pesanan 20 20" in said


async def test_a_part_that_is_late_is_named_with_its_days(scene: Scene, dewi: Desk, advance: object) -> None:
    [job] = await released_jobs(scene)
    await advance(days=20)  # type: ignore[operator]  # a fixture that moves the clock
    assert "Berisiko terlambat 2 hari – Penjahit 1 belum selesai" in await dewi.page(await run_of(scene, job))


async def test_the_brand_answers_a_problem_and_the_work_goes_on(scene: Scene, dewi: Desk) -> None:
    [job] = await released_jobs(scene)
    await started_job(scene, job)
    said = {"kind": "cloth", "note": "Kain kurang 40 cm untuk kerah."}
    assert (await scene.siti.post(f"/v1/jobs/{job}/problems", said)).status_code == 201
    page = await run_of(scene, job)
    assert "Kain kurang 40 cm untuk kerah." in await dewi.page(page)
    path = f"{page}/pekerjaan/{job}/jawab"
    short = await dewi.send(path, on=page, answer="ya")
    assert (short.status_code, "Perlu diperbaiki:" in short.text) == (422, True)
    answered = await dewi.follow(await dewi.send(path, on=page, answer="Pakai kain cadangan di bungkusan biru."))
    assert "Jawaban dikirim." in answered
    assert (await read_job(job)).state == "in_progress"


async def test_pictures_of_the_work_are_seen_by_its_brand_alone(
    scene: Scene, dewi: Desk, cast: Cast, app: FastAPI
) -> None:
    [job] = await released_jobs(scene)
    await started_job(scene, job)
    photo = (await upload(scene.siti, job, shot())).json()["id"]
    assert f'src="/foto/{photo}"' in await dewi.page(await run_of(scene, job))
    answer = await dewi.client.get(f"/foto/{photo}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
    await desk_of(app, await another_brand(cast)).page(f"/foto/{photo}", 404)


async def test_a_packed_run_is_sent_once_it_is_paid_and_noted_when_it_arrives(scene: Scene, dewi: Desk) -> None:
    [job] = await released_jobs(scene)
    await passed_job(scene, job)
    assert (await scene.siti.post(f"/v1/jobs/{job}/handover")).status_code == 201
    path = f"{await run_of(scene, job)}/kirim"
    said = words_of(await dewi.page(path))
    assert "Belum lunas: kurang Rp 1.200.000" in said
    for whereto in ("Rina Kartika", "Jalan Melati 1", "Kota Tangerang, Banten", PHONE):
        assert whereto in said, whereto
    parcel = {"carrier": "JNE REG", "tracking": "CGK1234567890", "weight_g": 2600}
    early = await dewi.send(path, on=path, **parcel)
    assert (early.status_code, 'value="CGK1234567890"' in early.text) == (409, True)
    await pay_in_full(scene)
    assert f"{scene.code} ditandai dikirim." in await dewi.follow(await dewi.send(path, on=path, **parcel))
    assert "Siap dikirim" not in stage_of(await dewi.page(await run_of(scene, job)))
    card = await dewi.page(RUNS)
    assert (f'href="{path}"' in card, 'action="/merek/produksi/pindah"' in card) == (True, False)
    page = await dewi.page(path)
    assert "CGK1234567890" in page
    assert PHONE not in page, "the phone is for the courier alone"
    [arrive] = [one for one in re.findall(r'action="([^"]+)"', page) if one.startswith("/merek/")]
    await dewi.follow(await dewi.send(arrive, on=path, received_by="Rina Kartika"))
    assert (await read_order(scene)).state == "delivered"
    assert "Rina Kartika" in await dewi.page(path)
    assert scene.code not in await dewi.page(RUNS)
    assert "Tiba di pembeli" in stage_of(await dewi.page(await run_of(scene, job)))


async def test_what_is_not_packed_yet_cannot_be_sent_and_says_why(scene: Scene, dewi: Desk) -> None:
    assert "Belum bisa dikirim" in await dewi.page(f"{RUNS}/{await planned_run(scene)}/kirim")


async def test_a_run_of_another_brand_is_not_found_on_any_of_its_pages(scene: Scene, cast: Cast, app: FastAPI) -> None:
    [job] = await released_jobs(scene)
    await submitted_job(scene, job)
    page = await run_of(scene, job)
    stranger = desk_of(app, await another_brand(cast))
    for path in (page, f"{page}/qc", f"{page}/kirim", f"{page}/lepas", f"{page}/pekerjaan/{job}/ukuran"):
        await stranger.page(path, 404)
    for act, data in (
        ("qc", {"job": job}),
        ("kirim", {"carrier": "JNE", "tracking": "1", "weight_g": "1"}),
        (f"pekerjaan/{job}/jawab", {"answer": "Baik."}),
    ):
        answer = await stranger.client.post(f"{page}/{act}", data={"kunci": f"asing-{act}", **data})
        assert answer.status_code == 404, act
    await dewi_missing(desk_of(app, scene.dewi))


async def dewi_missing(desk: Desk) -> None:
    """What is not there is not found either."""
    for path in ("", "/qc", "/kirim"):
        await desk.page(f"{RUNS}/{ids.show('run', ids.new_id())}{path}", 404)
