"""Reviews on pages: the buyer's, the makers', the officers', and what everybody sees of them."""

import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import select, update

from clothingline import worker
from clothingline.accounts.models import Account
from clothingline.aftersales import service
from clothingline.aftersales.models import ReviewPhoto
from clothingline.brands.models import Brand
from clothingline.garments.models import Design
from clothingline.kit import db, ids, storage
from clothingline.kit.access import Role
from clothingline.kit.clock import business_now, local_date
from clothingline.orders.models import Order
from tests.aftersales.scenes import FIT, arrived, rated_by_brand, rated_by_tailor, reviewed
from tests.cast import Actor, Cast
from tests.parties import member
from tests.production.camera import shot
from tests.production.scene import Scene, another_brand, another_maker, set_scene
from tests.web.desk import Desk, desk_of, words_of

Advance = Callable[..., Awaitable[None]]
FORM: dict[str, Any] = {f"fit_{zone}": said for zone, said in FIT.items()} | {
    "neatness": 5,
    "on_time": "true",
    "words": "Kerahnya\r\nbagus sekali.",
}


@pytest.fixture(autouse=True)
def files(app: FastAPI, tmp_path: Path) -> Path:
    """Pictures of a test in a folder of its own."""
    storage.use(storage.Files(tmp_path))
    return tmp_path


@pytest.fixture
async def officer(cast: Cast) -> Actor:
    """An administrator."""
    async with db.transaction() as session:
        return await member(cast, session, "0812-3456-7899", Role.ADMIN, None, name="Petugas Ani")


async def design_of(scene: Scene) -> str:
    async with db.transaction() as session:
        return str(await session.scalar(select(Design.slug).where(Design.brand_id == scene.brand_id)))


async def slug_of(scene: Scene) -> str:
    async with db.transaction() as session:
        return str(await session.scalar(select(Brand.slug).where(Brand.id == scene.brand_id)))


async def open_one(scene: Scene, jobs: list[str], **otherwise: Any) -> str:
    """Rina's review, read by everybody."""
    review = await reviewed(scene, **otherwise)
    await rated_by_brand(scene)
    for maker, job in enumerate(jobs):
        await rated_by_tailor(scene, job, maker=maker)
    return review


async def send_with_photo(desk: Desk, path: str, content: bytes, **fields: object) -> Any:
    """The form as a browser sends it when a picture is chosen."""
    page = await desk.page(path)
    key = re.search(r'name="kunci" value="([^"]*)"', page)
    assert key
    data = {"kunci": key[1], **{name: str(value) for name, value in fields.items()}}
    return await desk.client.post(path, data=data, files={"photo": ("kemeja.jpg", content, "image/jpeg")})


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
    empty = "Belum ada ulasan. Pesanan pertama mendapat jaminan jahit ulang yang sama."
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
    found = re.search(r'src="(/ulasan/rvw_\w+/foto)"', await rina.page(page))
    assert found
    picture = await rina.client.get(found[1])
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/jpeg")
    assert b"RAHASIA-PABRIK" not in picture.content
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
    assert len(list(files.rglob("*.jpg"))) == 1
    told = words_of(await rina.follow(await rina.send(f"{page}/hapus", on=page)))
    assert "Tulisan, foto, dan nama Anda sudah dihapus dari ulasan ini." in told
    shown = await rina.page(f"/desain/{slug}")
    assert "Pinggang pas 100 %" in words_of(shown)
    for gone in ("Rina", "Kerahnya", "Terima kasih, Bu", "/foto"):
        assert gone not in shown.split('id="ulasan"')[1]
    await worker.drain()
    assert list(files.rglob("*.jpg")) == []
    async with db.transaction() as session:
        assert list(await session.scalars(select(ReviewPhoto))) == []
    assert "Hapus tulisan" not in await rina.page(page)


async def test_forgetting_a_person_takes_their_reviews_and_what_was_written_of_them(app: FastAPI, cast: Cast) -> None:
    scene, [job] = await arrived(cast)
    review = await open_one(scene, [job], words="Rumah saya di Jalan Melati.")
    async with db.transaction() as session:
        assert await service.forget_consumer(session, account_id=ids.read("acc", scene.rina.account)) == 1
        assert await service.forget_consumer(session, account_id=ids.read("acc", scene.rina.account)) == 1
    seen = (await scene.dewi.get(f"/v1/reviews/{review}")).json()
    assert (seen["name"], seen["words"], seen["neatness"]) == (None, None, 4)
    remarks = (await scene.rina.get(f"/v1/orders/{scene.code}/remarks")).json()["data"]
    assert [one["words"] for one in remarks] == [None, None]


async def test_the_brand_rates_the_buyer_before_it_reads_and_answers_once(app: FastAPI, cast: Cast) -> None:
    scene, [job] = await arrived(cast)
    await reviewed(scene)
    dewi, page = desk_of(app, scene.dewi), f"/merek/ulasan/pesanan/{scene.code}"
    listed = words_of(await dewi.page("/merek/ulasan"))
    assert "Sudah ditulis. Terbuka setelah Anda menilai" in listed
    assert "Jahitannya rapi" not in listed
    assert "Jahitannya rapi" not in await dewi.page(page)
    told = words_of(await dewi.follow(await dewi.send(page, on=page, rating=4, words="Cepat membalas.")))
    assert "Jahitannya rapi." in told
    assert "4/5 Lancar" in told
    listed = await dewi.page("/merek/ulasan")
    [answer] = re.findall(r'action="(/merek/ulasan/rvw_\w+/jawab)"', listed)
    said = words_of(await dewi.follow(await dewi.send(answer, on="/merek/ulasan", words="Terima kasih.")))
    assert "Jawaban merek Terima kasih." in said
    assert answer not in await dewi.page("/merek/ulasan")
    again = await dewi.client.post(answer, data={"kunci": "k-1", "words": "Lagi."})
    assert again.status_code == 409


async def test_a_brand_answers_nothing_that_it_cannot_read(app: FastAPI, cast: Cast) -> None:
    scene, _ = await arrived(cast)
    review = await reviewed(scene)
    answer = await scene.dewi.post(f"/v1/reviews/{review}/answer", {"words": "Terima kasih."})
    assert (answer.status_code, answer.json()["code"]) == (409, "review_sealed")


async def test_the_tailor_rates_the_buyer_on_the_phone_and_then_reads(app: FastAPI, cast: Cast) -> None:
    scene, [job] = await arrived(cast)
    await reviewed(scene)
    siti, page = desk_of(app, scene.siti), f"/t/kerja/{job}/ulasan"
    assert "Jahitannya rapi" not in await siti.page(page)
    assert "Jahitannya rapi" not in await siti.page("/t/ulasan")
    told = words_of(await siti.follow(await siti.send(page, on=page, rating=5)))
    assert "Jahitannya rapi." in told
    assert "Jahitannya rapi." in await siti.page("/t/ulasan")


async def test_anothers_review_looks_like_one_that_does_not_exist(app: FastAPI, cast: Cast) -> None:
    scene, [job] = await arrived(cast)
    review = await reviewed(scene)
    ani = desk_of(app, await cast.sign_in("0812-3456-7877", "Ani"))
    for path in ("ulasan", "ulasan/ubah"):
        await ani.page(f"/pesanan/{scene.code}/{path}", 404)
        await ani.page(f"/pesanan/CL-2606-9999/{path}", 404)
    ayu = desk_of(app, await another_brand(cast))
    await ayu.page(f"/merek/ulasan/pesanan/{scene.code}", 404)
    assert (
        await ayu.client.post(f"/merek/ulasan/{review}/jawab", data={"kunci": "k", "words": "x"})
    ).status_code == 404
    assert scene.code not in await ayu.page("/merek/ulasan")
    tono = desk_of(app, await another_maker(cast))
    await tono.page(f"/t/kerja/{job}/ulasan", 404)
    assert scene.code not in await tono.page("/t/ulasan")


async def test_an_officer_hides_a_review_with_a_reason_and_shows_it_again(
    app: FastAPI, cast: Cast, officer: Actor
) -> None:
    scene, [job] = await arrived(cast)
    await open_one(scene, [job])
    slug, rina, desk = await design_of(scene), desk_of(app, scene.rina), desk_of(app, officer)
    assert "Jahitannya rapi." in await rina.page(f"/desain/{slug}")
    listed = await desk.page("/admin/ulasan")
    [hide] = re.findall(r'action="(/admin/ulasan/rvw_\w+/sembunyikan)"', listed)
    short = await desk.send(hide, on="/admin/ulasan", reason="x")
    assert short.status_code == 422
    await desk.follow(await desk.send(hide, on="/admin/ulasan", reason="Memuat nomor orang lain."))
    assert "Jahitannya rapi." not in await rina.page(f"/desain/{slug}")
    assert "Alasan: Memuat nomor orang lain." in words_of(await rina.page(f"/pesanan/{scene.code}/ulasan"))
    dewi = desk_of(app, scene.dewi)
    assert "Jahitannya rapi." not in await dewi.page("/merek/ulasan")
    [restore] = re.findall(r'action="(/admin/ulasan/rvw_\w+/tampilkan)"', await desk.page("/admin/ulasan"))
    await desk.follow(await desk.send(restore, on="/admin/ulasan"))
    assert "Jahitannya rapi." in await rina.page(f"/desain/{slug}")
    names = [one["name"] for one in (await officer.get("/v1/events?limit=2")).json()["data"]]
    assert names == ["ReviewRestored", "ReviewHidden"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ('O\'Neil "Bunda" <b>', "<script>alert('x')</script> & \"petik\""),
        (
            "\u0646\u0648\u0631 \u0627\u0644\u0647\u062f\u0649",
            "\u0642\u0645\u064a\u0635 \u062c\u0645\u064a\u0644 \U0001f44d\U0001f3fd",
        ),
        ("\U0001f469\U0001f3fd\u200d\U0001f9b1Rina", "{{ 7 * 7 }} %(n)s %s {0} " + "a" * 900),
    ],
    ids=["quotes and markup", "Arabic and emoji", "joined emoji and signs of templates"],
)
async def test_what_people_write_is_shown_as_they_wrote_it(app: FastAPI, cast: Cast, name: str, words: str) -> None:
    scene, [job] = await arrived(cast)
    async with db.transaction() as session:
        await session.execute(
            update(Account).where(Account.id == ids.read("acc", scene.rina.account)).values(name=name)
        )
    await open_one(scene, [job], words=words)
    answer = await desk_of(app, scene.rina).client.get(f"/desain/{await design_of(scene)}")
    assert "<script>alert" not in answer.text
    assert "<b>" not in answer.text
    shown = words_of(answer.text.replace("&lt;", "‹").replace("&gt;", "›"))
    assert words.replace("<", "‹").replace(">", "›") in shown
    first, _, rest = name.partition(" ")
    assert first in shown
    assert not rest or f"{first} {rest}" not in shown
