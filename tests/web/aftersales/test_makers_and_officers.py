"""Reviews before those who made it and those who keep order, and what nobody may do with them."""

import re

import pytest
from fastapi import FastAPI
from sqlalchemy import update

from clothingline.accounts.models import Account
from clothingline.kit import db, ids
from tests.aftersales.scenes import arrived, reviewed
from tests.cast import Actor, Cast
from tests.production.scene import another_brand, another_maker
from tests.web.aftersales.reading import design_of, open_one
from tests.web.desk import desk_of, words_of


async def test_the_brand_rates_the_buyer_before_it_reads_and_answers_once(app: FastAPI, cast: Cast) -> None:
    scene, _ = await arrived(cast)
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
    siti = desk_of(app, scene.siti)
    for desk_there, there in ((dewi, f"/merek/ulasan/pesanan/{scene.code}"), (siti, f"/t/kerja/{job}/ulasan")):
        told = words_of(await desk_there.page(there))
        assert ("disembunyikan petugas" in told, "Terbuka setelah Anda menilai" in told) == (True, False)
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
