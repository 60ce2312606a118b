"""The inbox of a brand: what is asked until when, why, and the answers."""

import re

from fastapi import FastAPI

from clothingline.kit import db
from clothingline.kit.access import Role
from clothingline.kit.ids import new_id, show
from tests import parties
from tests.routing.asked import only
from tests.routing.street import Street, pass_time, settle, signed_in, succeeded
from tests.web.desk import Desk, desk_of, words_of

INBOX = "/merek/permintaan"


async def asked(street: Street, **given: object) -> tuple[str, str, str]:
    """A paid order, its code, and the page of the brand's request."""
    order = await street.placed(**given)
    offer = await only(street, order, "brand")
    return order, str((await street.order(order))["code"]), f"{INBOX}/{offer['id']}"


async def other_brand(street: Street, app: FastAPI) -> Desk:
    """The owner of another brand."""
    async with db.transaction() as session:
        brand = await parties.make_brand(session, name="Busana Kenanga")
        actor = await signed_in(session, street.client, Role.BRAND_OWNER, brand.id)
    return desk_of(app, actor)


async def test_the_inbox_shows_what_waits_with_its_promise_and_its_deadline(street: Street, dewi: Desk) -> None:
    _, code, path = await asked(street)
    page = await dewi.page(INBOX)
    said = words_of(page)
    assert f'href="{path}"' in page
    assert code in said
    assert "12 potong" in said
    assert "Perlu jawaban (1)" in said
    assert "Jawab sebelum" in said


async def test_a_request_names_every_option_that_was_chosen(street: Street, dewi: Desk) -> None:
    async with db.transaction() as session:
        design = await parties.make_design(session, street.brand.id, options=parties.OPTIONS)
    _, _, path = await asked(street, design=design.slug, options=parties.CHOSEN)
    assert "Lengan Lengan 7/8 Bordir ujung lengan Ya Inisial RK-27" in words_of(await dewi.page(path))


async def test_the_one_whose_time_is_over_first_stands_first(street: Street, dewi: Desk) -> None:
    _, _, first = await asked(street, sizes={"M": 1})
    await pass_time(hours=1)
    _, _, second = await asked(street, sizes={"M": 2})
    page = await dewi.page(INBOX)
    assert page.index(first) < page.index(second)


async def test_a_request_shows_the_plan_with_its_makers_cloth_and_a_price_that_adds_up(
    street: Street, dewi: Desk
) -> None:
    order, code, path = await asked(street)
    said = words_of(await dewi.page(path))
    [maker] = await street.offers(order, kind="tailor")
    names = succeeded(await street.admin.get("/v1/tailors"))["data"]
    [name] = [one["name"] for one in names if one["id"].split("_")[1] == maker["organisation"].split("_")[1]]
    assert code in said
    assert name in said
    assert "Katun Jepang" in said
    assert "M × 5, L × 7" in said
    assert "Harga untuk pembeli" in said
    assert "Untuk merek Anda: Rp" in said


async def test_why_this_plan_is_told_once_it_is_explained(street: Street, dewi: Desk) -> None:
    _, _, path = await asked(street)
    said = words_of(await dewi.page(path))
    assert "Mengapa rencana ini?" in said
    assert "Dipilih dari 3 penjahit" in said
    assert "Upah jahit" in said


async def test_the_first_look_is_noted(street: Street, dewi: Desk) -> None:
    order, _, path = await asked(street)
    await dewi.page(path)
    assert (await only(street, order, "brand"))["status"] == "seen"


async def test_accepting_leads_back_to_the_inbox_with_a_way_to_undo(street: Street, dewi: Desk) -> None:
    order, code, path = await asked(street)
    page = await dewi.follow(await dewi.send(f"{path}/terima", on=path))
    assert f"Rencana {code} diterima." in page
    assert f'action="{path}/urungkan"' in page
    assert (await only(street, order, "brand"))["status"] == "accepted"
    back = await dewi.follow(await dewi.send(f"{path}/urungkan", on=path))
    assert "Permintaan ini menunggu jawaban lagi" in back
    assert (await only(street, order, "brand"))["status"] == "seen"


async def test_an_undo_that_comes_too_late_is_refused_on_the_page(street: Street, dewi: Desk) -> None:
    order, _, path = await asked(street)
    await dewi.send(f"{path}/terima", on=path)
    await pass_time(minutes=11)
    answer = await dewi.client.post(f"{path}/urungkan", data={"kunci": "terlambat-1"})
    assert answer.status_code == 409
    assert "Ada yang perlu diperbaiki" in answer.text
    assert (await only(street, order, "brand"))["status"] == "accepted"


async def test_refusing_keeps_the_reason_and_costs_nothing(street: Street, dewi: Desk) -> None:
    order, code, path = await asked(street)
    answer = await dewi.send(f"{path}/tolak", on=path, reason="penuh", more="pesanan Lebaran")
    assert f"{code} ditolak." in await dewi.follow(answer)
    [refused] = [one for one in await street.offers(order, kind="brand", live=False) if one["status"] == "declined"]
    assert refused["id"] in path
    assert "Sudah dijawab" in await dewi.page(INBOX)
    assert "Tidak diambil" in await dewi.page(f"{INBOX}?saring=selesai")


async def test_a_second_answer_of_the_same_brand_is_told_that_somebody_was_first(street: Street, dewi: Desk) -> None:
    _, _, path = await asked(street)
    await dewi.send(f"{path}/terima", on=path)
    late = await dewi.client.post(f"{path}/terima", data={"kunci": "kedua-1"})
    assert late.status_code == 409
    assert "terima" in words_of(late.text)


async def test_an_empty_inbox_says_so_and_where_to_look(dewi: Desk) -> None:
    assert "Tidak ada permintaan menunggu." in await dewi.page(INBOX)


async def test_requests_of_another_brand_and_missing_ones_are_not_found(
    street: Street, dewi: Desk, app: FastAPI
) -> None:
    order, _, path = await asked(street)
    stranger = await other_brand(street, app)
    await stranger.page(path, 404)
    for act in ("terima", "tolak", "urungkan"):
        answer = await stranger.client.post(f"{path}/{act}", data={"kunci": f"asing-{act}"})
        assert answer.status_code == 404
    await dewi.page(f"{INBOX}/{show('off', new_id())}", 404)
    tailors = await only(street, order, "tailor")
    await dewi.page(f"{INBOX}/{tailors['id']}", 404)


async def test_whoever_is_no_brand_may_not_come(street: Street, app: FastAPI) -> None:
    await settle()
    await desk_of(app, street.rina).page(INBOX, 403)


async def test_while_a_yes_may_be_taken_back_brand_and_buyer_read_when_the_work_begins(
    street: Street, app: FastAPI, dewi: Desk
) -> None:
    order = await street.placed()
    rina, code = desk_of(app, street.rina), (await street.order(order))["code"]
    pages = (rina, f"/pesanan/{code}"), (rina, "/pesanan"), (dewi, "/merek/produksi")
    for desk, path in pages:
        assert "mulai pukul" not in words_of(await desk.page(path)).lower(), path
    await street.accept_all(order)
    for desk, path in pages:
        said = words_of(await desk.page(path)).lower()
        assert re.search(r"semua sudah setuju[;:]?.* mulai pukul \d\d\.\d\d", said), path
        assert "mencari penjahit" not in said, path
    [offer, *_] = await street.offers(order)
    succeeded(await street.undo(offer))
    for desk, path in pages:
        assert "mulai pukul" not in words_of(await desk.page(path)).lower(), path
