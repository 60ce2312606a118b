"""The production board: columns that are derived, moves that are acts, and reasons where a card must stay."""

import re

from fastapi import FastAPI

from clothingline.kit import db, ids
from clothingline.kit.access import Reach
from clothingline.production import board
from tests.cast import Cast
from tests.production.camera import passed_job, submitted_job
from tests.production.scene import (
    Scene,
    another_brand,
    planned_run,
    read_order,
    read_run,
    released_jobs,
    started_job,
)
from tests.web.brands.scened import dewi, scene
from tests.web.desk import Desk, desk_of, words_of

__all__ = ["dewi", "scene"]
BOARD = "/merek/produksi"


async def move(desk: Desk, card: str, to: str) -> tuple[int, str, str]:
    """What a move answers: status, where it leads, and what is read there or on the page that is shown again."""
    page = await desk.client.get(BOARD)
    key = re.search(r'name="kunci" value="(\w+)"', page.text)
    assert key
    answer = await desk.client.post(f"{BOARD}/pindah", data={"kunci": key[1], "card": card, "to": to})
    return answer.status_code, answer.headers.get("location", ""), words_of(answer.text)


async def column_of(scene: Scene, card: str) -> str:
    """Where a card stands."""
    async with db.transaction() as session:
        reach = Reach(everything=True)
        return {one.ref: one.column for one in await board.list_cards(session, reach)}[card]


async def test_a_card_walks_through_the_columns_by_what_people_do(cast: Cast, scene: Scene) -> None:
    run = await planned_run(scene)
    assert await column_of(scene, run) == "ready"
    [job] = await released_jobs(scene)
    assert await column_of(scene, job) == "cut"
    await started_job(scene, job)
    assert await column_of(scene, job) == "sew"


async def test_passed_parts_are_packed_and_a_packed_run_is_one_card(cast: Cast, scene: Scene) -> None:
    [job] = await released_jobs(scene)
    await passed_job(scene, job)
    assert await column_of(scene, job) == "pack"
    assert (await scene.siti.post(f"/v1/jobs/{job}/handover")).status_code == 201
    async with db.transaction() as session:
        [card] = await board.list_cards(session, Reach(everything=True))
    assert (card.state, card.column, card.tailor) == ("packed", "pack", None)


async def test_the_board_shows_code_quantity_maker_and_what_is_left_of_the_time(scene: Scene, dewi: Desk) -> None:
    await released_jobs(scene)
    for view in ("papan", "tabel"):
        said = words_of(await dewi.page(f"{BOARD}?tampilan={view}"))
        assert scene.code in said
        assert "12 potong" in said
        assert "Penjahit 1" in said
        assert "18 hari lagi" in said


async def test_a_move_to_the_cut_is_confirmed_in_a_line_with_its_quantity(scene: Scene, dewi: Desk) -> None:
    run = await planned_run(scene)
    status, where, _ = await move(dewi, run, "cut")
    assert (status, where) == (303, f"{BOARD}/{run}/lepas")
    assert f"Tandai 12 potong {scene.code} selesai potong?" in await dewi.page(where)
    assert (await read_run(run)).state == "materials_reserved"
    page = await dewi.follow(await dewi.send(where, on=where))
    assert "12 potong ditandai selesai potong" in page
    assert (await read_run(run)).state == "released"
    assert (await read_order(scene)).state == "in_production"


async def test_a_cut_that_is_confirmed_twice_is_made_once_and_says_so(scene: Scene, dewi: Desk) -> None:
    run = await planned_run(scene)
    path = f"{BOARD}/{run}/lepas"
    await dewi.send(path, on=path)
    again = await dewi.client.post(path, data={"kunci": "potong-lagi"})
    assert again.status_code == 409
    assert "sudah dilepas" in again.text


async def test_a_move_that_is_not_possible_says_why_and_the_card_stays(scene: Scene, dewi: Desk) -> None:
    run = await planned_run(scene)
    status, _, said = await move(dewi, run, "send")
    assert status == 409
    assert "Belum bisa ke Kirim: kain belum dipotong" in said
    [job] = await released_jobs(scene)
    for to, why in (
        ("check", "Belum bisa ke Periksa mutu: penjahit belum menghitung kit"),
        ("ready", "Belum bisa ke Siap bahan: kain sudah dipotong"),
    ):
        assert why in (await move(dewi, job, to))[2]
    assert await column_of(scene, job) == "cut"


async def test_a_part_that_waits_for_its_check_leads_to_the_check(scene: Scene, dewi: Desk) -> None:
    [job] = await released_jobs(scene)
    await submitted_job(scene, job)
    assert "Belum bisa ke Kirim: periksa mutu belum lolos" in (await move(dewi, job, "send"))[2]
    status, where, _ = await move(dewi, job, "pack")
    assert status == 303
    assert where.endswith(f"/qc?pekerjaan={job}")


async def test_the_cards_of_another_brand_are_neither_seen_nor_moved(cast: Cast, scene: Scene, app: FastAPI) -> None:
    run = await planned_run(scene)
    stranger = desk_of(app, await another_brand(cast))
    assert scene.code not in await stranger.page(BOARD)
    await stranger.page(f"{BOARD}/{run}/lepas", 404)
    answer = await stranger.client.post(f"{BOARD}/{run}/lepas", data={"kunci": "asing-1"})
    assert answer.status_code == 404
    moved = await stranger.client.post(f"{BOARD}/pindah", data={"kunci": "asing-2", "card": run, "to": "cut"})
    assert (moved.status_code, "Kartu ini sudah tidak ada di papan." in moved.text) == (422, True)


async def test_a_run_that_is_not_there_is_not_found(dewi: Desk) -> None:
    await dewi.page(f"{BOARD}/{ids.show('run', ids.new_id())}/lepas", 404)
    await dewi.page(f"{BOARD}/keliru/lepas", 404)


async def test_an_empty_board_says_when_cards_come(app: FastAPI, cast: Cast) -> None:
    assert "Belum ada produksi." in await desk_of(app, await another_brand(cast)).page(BOARD)


async def test_a_card_that_leaves_an_open_board_is_not_called_done_for_it_may_be_cancelled(dewi: Desk) -> None:
    page = await dewi.client.get(BOARD)
    assert re.findall(r'data-gone="([^"]*)"', page.text) == ["{code} keluar dari papan."]
