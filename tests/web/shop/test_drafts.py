"""Drafts: one question a page, kept on every answer, open to whoever has the link until they are somebody's."""

import httpx
from fastapi import FastAPI

from clothingline import worker
from tests.routing.street import count, move_clock
from tests.web.desk import OWN, Desk
from tests.web.shop.shopper import SHIRT, Shopper

DRAFTS = "SELECT count(*) FROM draft"


async def test_looking_writes_nothing_and_the_button_begins_a_draft(shopper: Shopper) -> None:
    led = await shopper.desk.client.get(f"/pesan/baru?desain={SHIRT}")
    assert (led.status_code, led.headers["location"]) == (303, f"/desain/{SHIRT}")
    assert await count(DRAFTS) == 0
    await shopper.begin()
    assert await count(DRAFTS) == 1
    shown = await shopper.desk.page(shopper.at("jumlah"))
    assert "Berapa potong?" in shown
    assert f"?text=http%3A//clothingline.test{shopper.at('jumlah')}" in shown.replace("%2F", "/")


async def test_the_database_keeps_neither_the_word_of_the_link_nor_a_measure_in_the_clear(shopper: Shopper) -> None:
    await shopper.begin()
    for question in ("jumlah", "kain"):
        await shopper.go(question, **shopper.said[question])
    await shopper.go("cara-ukur", way="self")
    await shopper.go("ukuran/siapa", figure="man", consent="ya")
    await shopper.go("ukuran/neck", value="38,7")
    row = await shopper.row()
    assert shopper.word.encode() not in row.token_hash
    assert row.measures is not None
    assert b"387" not in row.measures
    assert "387" not in str(row.answers)


async def test_answers_are_kept_at_every_step_and_the_link_goes_on_in_another_browser(
    shopper: Shopper, app: FastAPI
) -> None:
    await shopper.begin()
    assert await shopper.go("jumlah", amount="few") == "kain"
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://clothingline.test", headers=OWN) as other:
        shopper.desk = Desk(other)
        assert 'value="few" checked' in await shopper.desk.page(shopper.at("jumlah"))
        assert await shopper.go("kain", colour="navy") == "cara-ukur"


async def test_whoever_jumps_ahead_is_led_to_the_first_question_that_is_open(shopper: Shopper) -> None:
    await shopper.begin()
    for ahead in ("kain", "tanggal", "rencana", "kontak", "rencana/balanced/mengapa"):
        answer = await shopper.desk.client.get(shopper.at(ahead))
        assert (answer.status_code, answer.headers["location"]) == (303, shopper.at("jumlah")), ahead
    assert (await shopper.desk.client.get(shopper.at("ukuran/chest"))).status_code == 303


async def test_a_draft_that_is_somebodys_opens_for_nobody_else(shopper: Shopper, stranger: Desk, app: FastAPI) -> None:
    await shopper.to_summary()
    for question in ("jumlah", "rencana", "ringkasan"):
        await stranger.page(shopper.at(question), 404)
    sent = await stranger.client.post(shopper.at("jumlah"), data={"kunci": "k", "amount": "few"})
    assert sent.status_code == 404
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://clothingline.test", headers=OWN) as nobody:
        answer = await nobody.get(shopper.at("jumlah"))
        assert answer.headers["location"] == f"/masuk?lanjut={shopper.at('jumlah')}"
        assert (await nobody.get("/pesan/aaaaaaaaaaaaaaaaaaaaaa/jumlah")).status_code == 404


async def test_a_draft_is_gone_30_days_after_its_last_answer_and_what_was_ordered_stays(shopper: Shopper) -> None:
    code = await shopper.check_out()
    ordered = shopper.word
    await shopper.begin()
    begun = shopper.word
    await move_clock(days=29)
    await shopper.go("jumlah", amount="one")
    await move_clock(days=2)
    await worker.sweep()
    assert await shopper.desk.page(f"/pesan/{begun}/kain")
    page = await shopper.desk.page(f"/pesan/{ordered}/jumlah", 404)
    assert "Draf disimpan 30 hari" in page
    assert await count("SELECT count(*) FROM orders WHERE code = :code", code=code) == 1
    await move_clock(days=31)
    await worker.sweep()
    assert await count(DRAFTS) == 0


async def test_another_answer_drops_the_plan_that_was_chosen_for_the_old_one(shopper: Shopper) -> None:
    await shopper.to_summary()
    assert await shopper.go("alamat", recipient="Budi", street="Jl. Braga 7, Bandung") == "ringkasan"
    assert await shopper.go("kain", colour="navy") == "rencana"
    answer = await shopper.desk.client.get(shopper.at("ringkasan"))
    assert answer.headers["location"] == shopper.at("rencana")


async def test_half_a_name_of_a_place_is_answered_by_its_names_to_choose_from(shopper: Shopper) -> None:
    await shopper.begin()
    for question in ("jumlah", "kain", "cara-ukur", "anggaran"):
        await shopper.go(question, **shopper.said[question])
    refused = await shopper.say("tanggal", when="calm", place="Bandung")
    assert refused.status_code == 422
    for town in ("Kota Bandung", "Kabupaten Bandung"):
        assert f'name="town" value="{town}"' in refused.text
    assert 'name="town"' not in (await shopper.say("tanggal", when="calm", place="Entah")).text
    await shopper.go("tanggal", when="calm", place="Bandung", town="Kota Bandung")
    assert 'value="Kota Bandung"' in await shopper.desk.page(shopper.at("tanggal"))
