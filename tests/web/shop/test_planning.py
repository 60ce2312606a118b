"""Plans by pages: prices that add up, a day that cannot be met, and a price that stands once it was agreed to."""

import re
from datetime import timedelta

from tests.routing.street import count, move_clock, today
from tests.web.desk import Desk, words_of
from tests.web.shop.shopper import KEBAYA, READY, Shopper

RUPIAH = re.compile(r"Rp (-?[\d.]+)")
RUN = {"jumlah": {"amount": "many"}, "cara-ukur": {"sizes_m": "10", "sizes_l": "20"}}
MANY = {"jumlah": {"amount": "many"}, "cara-ukur": {"sizes_m": "2000", "sizes_l": "2500"}}


def amounts(text: str) -> list[int]:
    """All amounts of rupiah in a text."""
    return [int(found.replace(".", "")) for found in RUPIAH.findall(text)]


async def test_the_lines_of_every_plan_add_up_to_its_price(shopper: Shopper) -> None:
    await shopper.plan(**RUN)
    page = await shopper.read("rencana")
    cards = re.findall(r"Rincian harga (.*?) Penjahit menerima", page)
    assert len(cards) >= 2
    for card in cards:
        *lines, total = amounts(card)
        assert sum(lines) == total
    whole, first, rest = amounts(page)[0], *amounts(page[page.index("Bayar DP") :])[:2]
    assert first + rest == whole


async def test_what_is_agreed_to_is_what_is_paid(shopper: Shopper) -> None:
    await shopper.plan()
    price = amounts(await shopper.read("rencana"))[0]
    await shopper.choose()
    await shopper.sign_in()
    await shopper.go("alamat", recipient="Ani", street="Jl. Cihampelas 12, Coblong")
    assert price in amounts(await shopper.read("ringkasan"))
    code = (await shopper.say("ringkasan")).headers["location"].split("/")[2]
    assert await count("SELECT price_idr FROM orders WHERE code = :code", code=code) == price
    assert await count("SELECT sum(amount_idr) FROM price_line") == price


async def test_a_day_that_nobody_can_meet_shows_the_nearest_and_choosing_it_is_one_tap(shopper: Shopper) -> None:
    wished = (await today()) + timedelta(days=5)
    await shopper.plan(tanggal={"when": "day", "day": wished.isoformat(), "place": "Kota Bandung"})
    page = await shopper.read("rencana")
    assert "Belum ada penjahit yang kosong sebelum" in page
    assert "Pakai " in page
    assert await shopper.choose() == "kontak"
    answers = (await shopper.row()).answers
    assert answers["needed_by"] > wished.isoformat()
    assert answers["plan"]["promise_on"] <= answers["needed_by"]


async def test_where_nothing_fits_the_page_says_what_would_help_and_where(shopper: Shopper) -> None:
    await shopper.plan(**MANY)
    page = await shopper.desk.page(shopper.at("rencana"))
    assert "Belum ada rencana untuk tanggal, kain, dan harga ini." in words_of(page)
    assert re.search(rf'href="{shopper.at("cara-ukur")}">Pesan \d+ potong saja', page)
    assert "Pilih rencana ini" not in page


async def test_the_reasons_of_a_plan_name_its_price_and_what_would_change_it(shopper: Shopper) -> None:
    await shopper.plan(**RUN)
    page = words_of(await shopper.desk.page(shopper.at("rencana/balanced/mengapa")))
    assert "Dipilih dari 30 penjahit" in page
    assert amounts(page)[0] > 0
    assert "Mengapa bukan yang lain?" in page
    missing = await shopper.desk.client.get(shopper.at("rencana/rerouted/mengapa"))
    assert missing.status_code == 404


async def embroider(shopper: Shopper) -> None:
    """Ask for one kebaya with embroidery, without hurry."""
    await shopper.begin(KEBAYA)
    await shopper.go("jumlah", amount="one")
    await shopper.go("kain", colour="bantu", opsi_bordir="penuh")
    for question in ("cara-ukur", "anggaran", "tanggal"):
        await shopper.go(question, **READY[question])


async def reasons_of(shopper: Shopper) -> dict[str, tuple[int, str]]:
    """Price and reasons of each plan, by its label."""
    page = await shopper.desk.page(shopper.at("rencana"))
    prices = dict(re.findall(r'name="label" value="(\w+)"><input type="hidden" name="price_idr" value="(\d+)"', page))
    return {
        label: (int(price), words_of(await shopper.desk.page(shopper.at(f"rencana/{label}/mengapa"))))
        for label, price in prices.items()
    }


async def test_what_is_dearer_or_saves_is_what_would_be_paid_and_never_what_only_steers(shopper: Shopper) -> None:
    await embroider(shopper)
    told = await reasons_of(shopper)
    cheapest = min(price for price, _ in told.values())
    assert len(told) > 1
    for price, page in told.values():
        other = re.search(r"Rencana lain yang terbaik (lebih mahal|lebih murah|sama)(?: harganya| Rp ([\d.]+))", page)
        assert other
        more = amounts(f"Rp {other[2] or 0}")[0] * (-1 if other[1] == "lebih murah" else 1)
        assert price + more >= cheapest
        assert "Apa yang mengubahnya?" not in page  # without hurry no other day is cheaper


async def test_whom_certificates_bar_is_told_by_the_skill_that_is_lacking(shopper: Shopper) -> None:
    await embroider(shopper)
    page = words_of(await shopper.desk.page(shopper.at("rencana/balanced/mengapa")))
    assert re.search(r"\d+ × perlu sertifikat: Membordir", page)
    assert "sertifikat tidak berlaku" not in page
    await shopper.desk.client.get("/bahasa/en")
    page = words_of(await shopper.desk.page(shopper.at("rencana/balanced/mengapa")))
    assert re.search(r"\d+ × need a certificate: Embroidery", page)


async def test_a_price_ends_with_its_total_and_one_tailor_is_one_in_english(shopper: Shopper) -> None:
    await shopper.plan()
    await shopper.desk.client.get("/bahasa/en")
    plans = await shopper.desk.page(shopper.at("rencana"))
    for page in (plans, await shopper.desk.page(shopper.at("rencana/balanced/mengapa"))):
        assert "<dt>Total</dt>" in page
        assert "Quantity" not in page
    assert re.search(r"– 1 certified tailor\b", words_of(plans))


async def test_a_price_can_be_locked_and_paid_later_without_being_asked_anew(shopper: Shopper) -> None:
    await shopper.to_summary()
    answer = await shopper.say("ringkasan", act="kunci")
    assert answer.headers["location"] == shopper.at("ringkasan")
    assert "Harga terkunci sampai" in await shopper.read("ringkasan")
    assert "Harga terkunci sampai" in await shopper.read("rencana")
    assert "Dipilih dari" in words_of(await shopper.desk.page(shopper.at("rencana/balanced/mengapa")))
    await move_clock(hours=20)
    answer = await shopper.say("ringkasan")
    assert answer.headers["location"].endswith("/bayar")
    assert await count("SELECT count(*) FROM quote") == 1
    assert await count("SELECT count(*) FROM orders WHERE state = 'pending_payment'") == 1


async def test_a_locked_price_that_has_run_out_is_calculated_anew_for_the_same_order(shopper: Shopper) -> None:
    await shopper.to_summary()
    await shopper.say("ringkasan", act="kunci")
    await move_clock(hours=25)
    assert "Harga terkunci sampai" not in await shopper.read("rencana")
    answer = await shopper.say("ringkasan")
    assert answer.status_code == 303
    assert await count("SELECT count(*) FROM orders") == 1
    assert await count("SELECT count(*) FROM quote") == 2


async def test_a_plan_that_costs_more_than_was_shown_is_not_taken_and_the_page_says_so(shopper: Shopper) -> None:
    await shopper.plan()
    await shopper.choose(price_idr="1000")
    await shopper.sign_in()
    await shopper.go("alamat", recipient="Ani", street="Jl. Cihampelas 12, Coblong")
    answer = await shopper.say("ringkasan")
    assert answer.headers["location"] == shopper.at("rencana")
    page = await shopper.read("rencana")
    assert "Harga atau tanggalnya berubah sejak Anda melihatnya." in page
    assert "naik" not in page
    assert "Harga terkunci sampai" in page
    assert await count("SELECT count(*) FROM orders WHERE state = 'quoted'") == 1


async def test_changing_a_locked_wish_changes_the_same_order(shopper: Shopper) -> None:
    await shopper.to_summary()
    await shopper.say("ringkasan", act="kunci")
    assert await shopper.go("kain", colour="navy") == "rencana"
    assert "Harga terkunci sampai" not in await shopper.read("rencana")
    assert await shopper.choose() == "ringkasan"
    assert (await shopper.say("ringkasan")).headers["location"].endswith("/bayar")
    assert await count("SELECT count(*) FROM orders") == 1
    assert await count("SELECT version FROM orders") == 2
    assert await count("SELECT count(*) FROM order_line WHERE colour = 'navy'") == 1


async def test_the_summary_of_somebody_else_cannot_be_agreed_to(shopper: Shopper, stranger: Desk) -> None:
    await shopper.to_summary()
    sent = await stranger.client.post(shopper.at("ringkasan"), data={"kunci": "k", "act": "bayar"})
    assert sent.status_code == 404
    assert await count("SELECT count(*) FROM orders") == 0


async def test_agreeing_twice_orders_once(shopper: Shopper) -> None:
    await shopper.to_summary()
    page = await shopper.desk.page(shopper.at("ringkasan"))
    key = re.search(r'name="kunci" value="(\w+)"', page)
    assert key
    form = {"kunci": key[1], "act": "bayar"}
    first, again = [await shopper.desk.client.post(shopper.at("ringkasan"), data=form) for _ in range(2)]
    assert first.headers["location"] == again.headers["location"]
    fresh = await shopper.desk.client.post(shopper.at("ringkasan"), data={**form, "kunci": "another"})
    assert fresh.headers["location"] == first.headers["location"]
    assert await count("SELECT count(*) FROM orders") == 1
