"""The buyer's review on its page: written once, put right in time, taken back at any time, read on a design's page."""

import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from fastapi import FastAPI
from sqlalchemy import select, update

from clothingline import worker
from clothingline.aftersales.models import ReviewPhoto
from clothingline.kit import db
from clothingline.kit.clock import business_now, local_date
from clothingline.orders.models import Order
from tests.aftersales.scenes import RATED, arrived, rated_by_brand, rated_by_tailor
from tests.cast import Cast
from tests.production.camera import shot
from tests.production.scene import set_scene
from tests.web.aftersales.reading import FORM, design_of, send_with_photo, slug_of
from tests.web.desk import desk_of, words_of

Advance = Callable[..., Awaitable[None]]


def pictures(folder: Path) -> list[Path]:
    return list(folder.rglob("*.jpg"))


async def test_before_the_goods_have_come_the_page_says_when_it_can_be_filled_in(app: FastAPI, cast: Cast) -> None:
    scene = await set_scene(cast, stage="ready")
    page = await desk_of(app, scene.rina).page(f"/pesanan/{scene.code}/ulasan")
    assert "Ulasan bisa diisi setelah pesanan tiba." in page
    assert "Kirim ulasan" not in page


async def test_the_order_leads_to_its_review_once_it_has_come(app: FastAPI, cast: Cast) -> None:
    scene, _ = await arrived(cast)
    assert f'href="/pesanan/{scene.code}/ulasan"' in await desk_of(app, scene.rina).page(f"/pesanan/{scene.code}")


async def test_one_order_comes_is_reviewed_and_the_page_of_its_design_says_how_it_fits(
    app: FastAPI, cast: Cast, advance: Advance
) -> None:
    scene, _ = await arrived(cast)
    rina, slug = desk_of(app, scene.rina), await design_of(scene)
    empty = "Belum ada ulasan. Ulasan pertama muncul setelah pesanan pertama tiba."
    assert empty in await rina.page(f"/desain/{slug}")
    page = f"/pesanan/{scene.code}/ulasan"
    sent = words_of(await rina.follow(await rina.send(page, on=page, **FORM)))
    assert "Terima kasih." in sent
    assert "Ubah ulasan" in sent
    assert empty in await rina.page(f"/desain/{slug}")
    await advance(days=7, hours=1)
    shown = words_of(await rina.page(f"/desain/{slug}"))
    assert "Dada pas 0 % dari 1 jawaban" in shown
    assert "Pinggang pas 100 % dari 1 jawaban" in shown
    assert "Rina" in shown
    assert "Kartika" not in shown
    assert "Kerahnya bagus sekali." in shown
    ours = words_of(await rina.page(f"/ikm/{await slug_of(scene)}"))
    assert "Dari 1 ulasan: kerapian 5 dari 5, tepat janji 100 %." in ours
    assert "Kerahnya bagus sekali." in ours


async def test_whether_it_came_in_time_is_filled_in_from_the_promise_and_the_proof(app: FastAPI, cast: Cast) -> None:
    scene, _ = await arrived(cast)
    rina = desk_of(app, scene.rina)
    for days, ticked in ((2, "true"), (-2, "false")):
        async with db.transaction() as session:
            day = local_date(await business_now(session)) + timedelta(days=days)
            await session.execute(update(Order).where(Order.id == scene.order_id).values(promise_on=day))
        page = await rina.page(f"/pesanan/{scene.code}/ulasan")
        assert re.findall(r'name="on_time" value="(\w+)" checked', page) == [ticked]


async def test_what_is_missing_is_said_and_what_was_chosen_stays(app: FastAPI, cast: Cast) -> None:
    scene, _ = await arrived(cast)
    rina, page = desk_of(app, scene.rina), f"/pesanan/{scene.code}/ulasan"
    answer = await rina.send(page, on=page, fit_chest="tight", on_time="true", words="Belum selesai")
    assert answer.status_code == 422
    assert "Perlu diperbaiki" in answer.text
    assert 'href="#f-neatness"' in answer.text
    assert "Belum selesai" in answer.text
    assert re.search(r'name="fit_chest" value="tight" checked', answer.text)
    long = await rina.send(page, on=page, **(FORM | {"words": "a" * 1001}))
    assert (long.status_code, 'href="#f-words"' in long.text) == (422, True)


async def test_a_review_is_put_right_on_its_page_until_a_maker_has_spoken(app: FastAPI, cast: Cast) -> None:
    scene, _ = await arrived(cast)
    rina, page = desk_of(app, scene.rina), f"/pesanan/{scene.code}/ulasan"
    await rina.send(page, on=page, **FORM)
    form = await rina.page(f"{page}/ubah")
    assert re.search(r'name="fit_chest" value="tight" checked', form)
    assert "Kerahnya\nbagus sekali." in form
    told = words_of(await rina.follow(await rina.send(f"{page}/ubah", on=f"{page}/ubah", **(FORM | {"neatness": 2}))))
    assert "Ulasan diubah." in told
    assert "2/5 Kurang rapi" in told
    await rated_by_brand(scene)
    assert "Ubah ulasan" not in await rina.page(page)
    assert (await rina.client.get(f"{page}/ubah")).status_code == 303
    late = await rina.client.post(f"{page}/ubah", data={"kunci": "k-1", **{n: str(v) for n, v in FORM.items()}})
    assert late.status_code != 200
    assert "2/5 Kurang rapi" in words_of(await rina.page(page))


async def test_a_picture_is_redrawn_and_seen_by_those_who_may_read_the_review(app: FastAPI, cast: Cast) -> None:
    scene, [job] = await arrived(cast)
    rina, page = desk_of(app, scene.rina), f"/pesanan/{scene.code}/ulasan"
    assert (await send_with_photo(rina, page, shot(), **FORM)).status_code == 303
    found = re.search(r'src="(/ulasan/rvw_\w+/foto\?[\w=-]+)"', await rina.page(page))
    assert found
    picture = await rina.client.get(found[1])
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/jpeg")
    assert b"RAHASIA-PABRIK" not in picture.content
    assert (await send_with_photo(rina, f"{page}/ubah", shot(), **FORM)).status_code == 303
    newer = re.search(r'src="(/ulasan/rvw_\w+/foto\?[\w=-]+)"', await rina.page(page))
    assert newer
    assert newer[1] != found[1], "what a browser keeps of a picture is not shown for its successor"
    dewi, siti = desk_of(app, scene.dewi), desk_of(app, scene.siti)
    strange = desk_of(app, await cast.sign_in("0812-3456-7877", "Ani"))
    assert [(await one.client.get(found[1])).status_code for one in (dewi, siti, strange)] == [404, 404, 404]
    await rated_by_brand(scene)
    assert [(await one.client.get(found[1])).status_code for one in (dewi, siti, strange)] == [200, 404, 404]
    await rated_by_tailor(scene, job)
    strange.client.cookies.clear()
    assert [(await one.client.get(found[1])).status_code for one in (dewi, siti, strange)] == [200, 200, 200]


async def test_a_file_that_is_no_picture_is_said_and_nothing_is_lost(app: FastAPI, cast: Cast) -> None:
    scene, _ = await arrived(cast)
    rina, page = desk_of(app, scene.rina), f"/pesanan/{scene.code}/ulasan"
    answer = await send_with_photo(rina, page, b"no picture", **FORM)
    assert (answer.status_code, "Kerahnya" in answer.text, "Perlu diperbaiki" in answer.text) == (422, True, True)
    assert "Kirim ulasan" in await rina.page(page)


async def test_what_is_taken_back_is_gone_from_every_page_and_its_picture_from_the_store(
    app: FastAPI, cast: Cast, files: Path
) -> None:
    scene, [job] = await arrived(cast)
    rina, page = desk_of(app, scene.rina), f"/pesanan/{scene.code}/ulasan"
    await send_with_photo(rina, page, shot(), **FORM)
    await rated_by_brand(scene)
    await rated_by_tailor(scene, job)
    dewi, slug = desk_of(app, scene.dewi), await design_of(scene)
    [answer] = re.findall(r'action="(/merek/ulasan/rvw_\w+/jawab)"', await dewi.page("/merek/ulasan"))
    await dewi.send(answer, on="/merek/ulasan", words="Terima kasih, Bu Rina.")
    assert "Terima kasih, Bu Rina." in await dewi.page(f"/desain/{slug}")
    assert len(pictures(files)) == 1
    told = words_of(await rina.follow(await rina.send(f"{page}/hapus", on=page)))
    assert "Tulisan, foto, dan nama Anda sudah dihapus dari ulasan ini." in told
    shown = await rina.page(f"/desain/{slug}")
    assert "Pinggang pas 100 %" in words_of(shown)
    for gone in ("Rina", "Kerahnya", "Terima kasih, Bu", "/foto"):
        assert gone not in shown.split('id="ulasan"')[1]
    await worker.drain()
    assert pictures(files) == []
    async with db.transaction() as session:
        assert list(await session.scalars(select(ReviewPhoto))) == []
    assert "Hapus tulisan" not in await rina.page(page)


async def test_the_copy_of_ones_own_data_tells_what_makers_say_no_sooner_than_the_page(
    app: FastAPI, cast: Cast
) -> None:
    scene, _ = await arrived(cast)
    await rated_by_brand(scene)
    rina, page, told = desk_of(app, scene.rina), f"/pesanan/{scene.code}/ulasan", str(RATED["words"])
    assert told not in (await rina.client.get("/data/unduh")).text
    await rina.send(page, on=page, **FORM)
    assert told in (await rina.client.get("/data/unduh")).text
