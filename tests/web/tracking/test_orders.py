"""What the one who ordered sees of an order, and what nobody else sees."""

import re
from datetime import date, timedelta

from fastapi import FastAPI
from sqlalchemy import update

from clothingline.kit import db
from clothingline.kit.clock import business_now
from clothingline.orders import service as orders_service
from clothingline.production.models import Job
from tests.cast import Cast
from tests.fulfilment.test_shipping import delivered
from tests.production.camera import submitted_job
from tests.production.scene import Scene, read_order, released_jobs, started_job
from tests.web.desk import desk_of, words_of
from tests.web.tracking.conftest import Open

NOTHING_YET = "Anda belum memesan apa pun dengan nomor ini."


async def judge(scene: Scene, job: str, *, major: int = 0) -> None:
    """The brand's check of a job that was handed in."""
    check = (await scene.dewi.post(f"/v1/jobs/{job}/inspections", {"level": "II"})).json()
    found = {"critical": 0, "major": major, "minor": 0, "reason": "Kerah miring." if major else None}
    answer = await scene.dewi.post(f"/v1/inspections/{check['id']}/verdict", found)
    assert answer.status_code == 201, answer.text


async def test_the_list_shows_ones_own_orders_and_says_what_comes_next(app: FastAPI, open_order: Open) -> None:
    scene, rina = await open_order(stage="placed")
    shown = words_of(await rina.page("/pesanan"))
    assert "Mencari penjahit" in shown
    assert f"Kode {scene.code}" in shown
    assert "Menunggu merek, pemasok, dan penjahit menyanggupi." in shown
    assert NOTHING_YET not in shown


async def test_somebody_without_orders_is_told_so_and_led_to_the_catalogue(
    app: FastAPI, cast: Cast, open_order: Open
) -> None:
    await open_order()
    ani = desk_of(app, await cast.sign_in("0812-3456-7877", "Ani"))
    page = await ani.page("/pesanan")
    assert NOTHING_YET in page
    assert 'href="/katalog"' in page


async def test_anothers_order_looks_like_one_that_does_not_exist(app: FastAPI, cast: Cast, open_order: Open) -> None:
    scene, _ = await open_order()
    ani = desk_of(app, await cast.sign_in("0812-3456-7877", "Ani"))
    for path in ("", "/batalkan", "/terima", "/alamat"):
        others = await ani.page(f"/pesanan/{scene.code}{path}", 404)
        missing = await ani.page(f"/pesanan/CL-2606-9999{path}", 404)
        assert words_of(others) == words_of(missing).replace("CL-2606-9999", scene.code)


async def test_an_order_on_its_way_says_that_it_is_on_time_and_who_makes_it(open_order: Open) -> None:
    scene, rina = await open_order(pieces=(12, 8))
    first, second = await released_jobs(scene)
    await started_job(scene, first)
    await submitted_job(scene, second, maker=1, pieces=8)
    await judge(scene, second)
    shown = words_of(await rina.page(f"/pesanan/{scene.code}"))
    assert "Tepat janji – tiba paling lambat" in shown
    assert "8 dari 20 potong selesai" in shown
    assert "Busana Melati memotong kain dan mengirimnya ke penjahit." in shown
    assert "Penjahit mulai menjahit 12 potong." in shown
    assert re.search(r"Jahitan Penjahit lolos periksa mutu: \d+ dari 8 potong dilihat\.", shown)
    assert "Penjahit 2" not in shown


async def test_a_check_that_failed_is_told_without_blame_and_without_cost(open_order: Open) -> None:
    scene, rina = await open_order()
    [job] = await released_jobs(scene)
    await submitted_job(scene, job)
    await judge(scene, job, major=12)
    shown = words_of(await rina.page(f"/pesanan/{scene.code}"))
    assert "belum lolos periksa mutu. Diperbaiki dulu, tanpa biaya." in shown
    assert "Kerah miring" not in shown


async def test_an_order_that_stands_still_says_by_how_many_days_and_why(open_order: Open) -> None:
    scene, rina = await open_order()
    [job] = await released_jobs(scene)
    await started_job(scene, job)
    answer = await scene.siti.post(f"/v1/jobs/{job}/problems", {"kind": "illness", "note": "Demam tiga hari."})
    assert answer.status_code == 201, answer.text
    async with db.transaction() as session:
        await session.execute(update(Job).values(due_on=Job.due_on + 7))
    shown = words_of(await rina.page(f"/pesanan/{scene.code}"))
    assert "Berisiko terlambat 3 hari – penjahit berhalangan" in shown
    assert "Demam" not in shown


async def test_the_pictures_of_the_work_are_for_the_one_who_ordered(app: FastAPI, cast: Cast, open_order: Open) -> None:
    scene, rina = await open_order()
    [job] = await released_jobs(scene)
    await submitted_job(scene, job)
    page = await rina.page(f"/pesanan/{scene.code}")
    found = re.search(rf'src="(/pesanan/{scene.code}/foto/pho_\w+)" alt="Foto: [^"]+ sudah dijahit, 12 potong"', page)
    assert found
    answer = await rina.client.get(found[1])
    assert (answer.status_code, answer.headers["content-type"], answer.content[:2]) == (200, "image/jpeg", b"\xff\xd8")
    ani = desk_of(app, await cast.sign_in("0812-3456-7877", "Ani"))
    assert (await ani.client.get(found[1])).status_code == 404
    unknown = f"/pesanan/{scene.code}/foto/pho_01kt08000000000000000000aa"
    assert (await rina.client.get(unknown)).status_code == 404


async def test_htmx_gets_only_what_may_have_changed(open_order: Open) -> None:
    scene, rina = await open_order()
    answer = await rina.client.get(f"/pesanan/{scene.code}", headers={"hx-request": "true", "hx-target": "perjalanan"})
    assert "<h1" not in answer.text
    assert "Perjalanan pesanan" in answer.text
    assert 'id="terbaru" hx-swap-oob="true"' in answer.text
    assert "hx-swap-oob" not in await rina.page(f"/pesanan/{scene.code}")


async def test_the_consumer_accepts_after_reading_what_it_means(open_order: Open) -> None:
    scene, rina = await open_order(stage="ready")
    await delivered(scene)
    page, form = f"/pesanan/{scene.code}", f"/pesanan/{scene.code}/terima"
    assert f'href="{form}"' in await rina.page(page)
    asked = words_of(await rina.page(form))
    assert "Setelah Anda menerima, penjahit dan merek dibayar." in asked
    assert "Tanpa jawaban, pesanan dianggap diterima pada" in asked
    done = words_of(await rina.follow(await rina.send(form, on=form)))
    assert "Sudah diterima." in done
    assert "Anda menerima barangnya." in done
    assert "Diserahkan ke JNE REG, nomor resi CGK1234567890." in done
    assert "Pesanan ini sudah diterima" in await rina.page(form)


async def test_what_has_not_arrived_cannot_be_accepted(open_order: Open) -> None:
    scene, rina = await open_order(stage="ready")
    page = await rina.page(f"/pesanan/{scene.code}/terima")
    assert "Pesanan bisa diterima setelah barangnya tiba." in page
    assert "Ya, saya terima" not in page
    answer = await rina.client.post(f"/pesanan/{scene.code}/terima", data={"kunci": "k-1"})
    assert (answer.status_code, "Perlu diperbaiki" in answer.text) == (409, True)


async def test_cancelling_shows_what_comes_back_at_each_stage_before_it_asks(open_order: Open) -> None:
    scene, rina = await open_order(stage="placed")
    page = f"/pesanan/{scene.code}/batalkan"
    asked = words_of(await rina.page(page))
    assert "Sudah dibayar, kain belum dipotong – pesanan ini Semua yang sudah dibayar kembali." in asked
    assert "Ya, batalkan dan kembalikan Rp 1.200.000" in asked
    done = words_of(await rina.follow(await rina.send(page, on=page)))
    assert "Pesanan ini dibatalkan." in done
    assert "Batalkan pesanan" not in done


async def test_after_the_cut_cancelling_is_explained_and_not_offered(open_order: Open) -> None:
    scene, rina = await open_order()
    await released_jobs(scene)
    page = await rina.page(f"/pesanan/{scene.code}/batalkan")
    assert "Kain sudah dipotong – pesanan ini" in words_of(page)
    assert '<form method="post" action="/pesanan' not in page
    assert "Batalkan pesanan" not in await rina.page(f"/pesanan/{scene.code}")


async def test_the_address_can_be_another_until_the_cloth_is_cut(open_order: Open) -> None:
    scene, rina = await open_order()
    form = f"/pesanan/{scene.code}/alamat"
    empty = await rina.send(form, on=form, recipient="", street="Jalan Kenanga 2")
    assert (empty.status_code, "Perlu diperbaiki" in empty.text, "Jalan Kenanga 2" in empty.text) == (422, True, True)
    sent = await rina.send(form, on=form, recipient="Dina", street="Jalan Kenanga 2")
    shown = words_of(await rina.follow(sent))
    assert "Alamat baru tersimpan." in shown
    assert "Dina Jalan Kenanga 2" in shown


async def test_after_the_cut_the_address_stays(open_order: Open) -> None:
    scene, rina = await open_order()
    await released_jobs(scene)
    form = f"/pesanan/{scene.code}/alamat"
    assert "sebelum kain dipotong" in await rina.page(form)
    sent = {"kunci": "k-1", "recipient": "Dina", "street": "Jalan Kenanga 2"}
    assert (await rina.client.post(form, data=sent)).status_code == 409


async def nothing_fits(scene: Scene, **reason: object) -> None:
    """A maker falls out and the engine finds nobody else."""
    async with db.transaction() as session:
        until = await business_now(session) + timedelta(hours=48)
        await orders_service.mark_action_required(session, order_id=scene.order_id, reason=reason, until=until)


def later_by(days: int, promise_on: date) -> dict[str, object]:
    return {"steps": [{"limit": "due_day", "value": days}], "promise_on": promise_on.isoformat()}


async def test_a_later_day_is_proposed_and_one_tap_accepts_it(open_order: Open) -> None:
    scene, rina = await open_order(stage="placed")
    order = await read_order(scene)
    cheaper = {"steps": [{"limit": "reserve", "value": 50_000}], "promise_on": "2027-01-01"}
    helps = [later_by(9, date(2027, 2, 9)), cheaper, later_by(4, date(2027, 2, 4))]
    await nothing_fits(scene, limits=[], would_help=helps)
    page = f"/pesanan/{scene.code}"
    shown = words_of(await rina.page(page))
    soonest, latest = "Terima tanggal baru: Kamis, 4 Februari 2027", "Terima tanggal baru: Selasa, 9 Februari 2027"
    assert shown.index(soonest) < shown.index(latest)
    assert "1 Januari 2027" not in shown
    assert "Batalkan dan uang kembali Rp 1.200.000" in shown
    taken = order.needed_by + timedelta(days=4)
    said = words_of(await rina.follow(await rina.send(f"{page}/tanggal", on=page)))
    assert "Tanggal baru diterima." in said
    assert ((await read_order(scene)).state, (await read_order(scene)).needed_by) == ("placed", taken)


async def test_where_no_day_is_known_one_is_asked_for_and_an_earlier_one_is_refused(open_order: Open) -> None:
    scene, rina = await open_order(stage="placed")
    order = await read_order(scene)
    await nothing_fits(scene, limits=[], would_help=[])
    page = f"/pesanan/{scene.code}"
    refused = await rina.send(f"{page}/tanggal", on=page, needed_by=order.needed_by)
    assert (refused.status_code, "Pilih tanggal yang lebih lambat dari semula." in refused.text) == (422, True)
    sent = await rina.send(f"{page}/tanggal", on=page, needed_by=order.needed_by + timedelta(days=20))
    assert sent.status_code == 303


async def test_the_balance_is_named_before_it_is_due(open_order: Open) -> None:
    scene, rina = await open_order(stage="confirmed")
    shown = words_of(await rina.page(f"/pesanan/{scene.code}"))
    assert "Pelunasan Rp 1.200.000 ditagih sebelum dikirim." in shown
