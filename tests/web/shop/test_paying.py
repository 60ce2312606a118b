"""Paying by pages: waiting, parts, time that is over, and a confirmation that can be opened again."""

from clothingline import worker
from tests.routing.street import count, pass_time
from tests.web.desk import Desk, words_of
from tests.web.shop.shopper import Shopper

RUN = {"jumlah": {"amount": "many"}, "cara-ukur": {"sizes_m": "150", "sizes_l": "130"}}


async def test_the_page_waits_for_the_provider_and_then_leads_to_its_page(shopper: Shopper) -> None:
    code = await shopper.check_out()
    waiting = await shopper.desk.page(f"/pesan/{code}/bayar")
    assert "Menyiapkan halaman bayar" in waiting
    assert f'href="/pesan/{code}/bayar">Muat ulang' in waiting
    await worker.drain()
    ready = await shopper.desk.page(f"/pesan/{code}/bayar")
    assert 'href="http://bayar.test/charges/' in ready
    assert "Menunggu pembayaran – sisa 1" in words_of(ready)


async def test_a_paid_order_is_confirmed_and_the_confirmation_opens_again_later(shopper: Shopper) -> None:
    code = await shopper.check_out()
    early = await shopper.desk.client.get(f"/pesan/{code}/selesai")
    assert early.headers["location"] == f"/pesan/{code}/bayar"
    await shopper.pay(code)
    led = await shopper.desk.client.get(f"/pesan/{code}/bayar")
    assert led.headers["location"] == f"/pesan/{code}/selesai"
    for days in (0, 29):
        await pass_time(days=days)
        page = words_of(await shopper.desk.page(f"/pesan/{code}/selesai"))
        assert code in page
        assert "Apa berikutnya" in page


async def test_going_back_after_the_payment_orders_and_pays_nothing_again(shopper: Shopper) -> None:
    code = await shopper.check_out()
    await shopper.pay(code)
    for question in ("ringkasan", "rencana", "jumlah"):
        answer = await shopper.desk.client.get(shopper.at(question))
        assert answer.headers["location"] == f"/pesan/{code}/bayar"
    sent = await shopper.desk.client.post(shopper.at("ringkasan"), data={"kunci": "late", "act": "bayar"})
    assert sent.headers["location"] == f"/pesan/{code}/bayar"
    changed = await shopper.desk.client.post(shopper.at("jumlah"), data={"kunci": "later", "amount": "few"})
    assert changed.headers["location"] == f"/pesan/{code}/bayar"
    assert await count("SELECT count(*) FROM orders") == 1
    assert await count("SELECT count(*) FROM payment") == 1


async def test_when_the_time_to_pay_is_over_the_same_answers_lead_to_a_new_plan(shopper: Shopper) -> None:
    code = await shopper.check_out()
    await worker.drain()
    await pass_time(minutes=16)
    page = words_of(await shopper.desk.page(f"/pesan/{code}/bayar"))
    assert "Tempat sudah dilepas." in page
    assert "Pilih rencana" in await shopper.read("rencana")
    answer = await shopper.desk.send("/pesan/lagi", on=f"/pesan/{code}/bayar", order=code)
    assert answer.headers["location"].endswith("/tanggal")
    shopper.word = answer.headers["location"].split("/")[2]
    page = await shopper.desk.page(shopper.at("tanggal"))
    assert 'value="Kota Bandung"' in page
    assert await shopper.go("tanggal", when="calm", place="Kota Bandung") == "rencana"
    assert await shopper.choose() == "ringkasan"


async def test_more_than_qris_carries_is_paid_by_it_in_parts(shopper: Shopper) -> None:
    await shopper.plan(**RUN)
    await shopper.choose()
    await shopper.sign_in()
    await shopper.go("alamat", recipient="Ani", street="Jl. Cihampelas 12, Coblong")
    code = (await shopper.say("ringkasan")).headers["location"].split("/")[2]
    await worker.drain()
    page = words_of(await shopper.desk.page(f"/pesan/{code}/bayar"))
    assert "Lebih dari Rp 10 juta tidak bisa lewat QRIS. Bayar bertahap atau transfer." in page
    assert "Bayar DP" in page
    path = f"/pesan/{code}/bayar"
    await shopper.desk.send(path, on=path, method="qris")
    await worker.drain()
    page = await shopper.desk.page(path)
    assert "Bagian 1:" in words_of(page)
    assert page.count("/charges/") == await count("SELECT count(*) FROM payment WHERE state = 'open'") > 1
    await shopper.pay(code)
    assert "Bagian 1 sudah diterima" in words_of(await shopper.desk.page(path))


async def test_the_payment_of_somebody_else_does_not_exist(shopper: Shopper, stranger: Desk) -> None:
    code = await shopper.check_out()
    for page in ("bayar", "selesai"):
        await stranger.page(f"/pesan/{code}/{page}", 404)
        await stranger.page(f"/pesan/CL-9912-0001/{page}", 404)
    chosen = await stranger.client.post(f"/pesan/{code}/bayar", data={"kunci": "k", "method": "card"})
    again = await stranger.client.post("/pesan/lagi", data={"kunci": "k2", "order": code})
    assert (chosen.status_code, again.status_code) == (404, 404)


async def test_whoever_is_not_signed_in_is_led_to_the_door_and_back(shopper: Shopper) -> None:
    code = await shopper.check_out()
    shopper.desk.client.cookies.clear()
    answer = await shopper.desk.client.get(f"/pesan/{code}/bayar")
    assert answer.headers["location"] == f"/masuk?lanjut=/pesan/{code}/bayar"


async def test_a_known_customer_is_asked_neither_name_nor_address(shopper: Shopper) -> None:
    await shopper.pay(await shopper.check_out())
    await shopper.begin()
    for question, fields in shopper.said.items():
        await shopper.go(question, **fields)
    assert await shopper.choose() == "ringkasan"
    assert "Jl. Cihampelas 12, Coblong" in await shopper.read("ringkasan")


async def test_a_wrong_code_keeps_the_page_and_the_draft(shopper: Shopper) -> None:
    await shopper.plan()
    await shopper.choose()
    await shopper.go("kontak", name="Ani", phone="0812-3456-7899")
    answer = await shopper.say("kontak/kode", code="000000")
    assert answer.status_code >= 400
    assert "Kode 6 angka" in words_of(answer.text)
    assert (await shopper.row()).account_id is None
