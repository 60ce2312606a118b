"""Following an order without signing in, and what is not said there."""

import re
from collections.abc import Awaitable, Callable

import httpx
import pytest
from fastapi import FastAPI

from clothingline.tracking.service import GUESSES
from tests.production.camera import submitted_job
from tests.production.scene import released_jobs
from tests.web.desk import OWN, Desk, desk_of, words_of
from tests.web.tracking.conftest import Open


@pytest.fixture
def stranger(app: FastAPI) -> Desk:
    """Somebody who has not signed in."""
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://clothingline.test", headers=OWN)
    return Desk(client)


async def test_code_and_phone_lead_to_the_steps(open_order: Open, stranger: Desk) -> None:
    scene, _ = await open_order(pieces=(12, 8))
    first, _ = await released_jobs(scene)
    await submitted_job(scene, first)
    typed = scene.code.lower().replace("-", "- ")
    sent = await stranger.send("/lacak", on="/lacak", code=typed, phone="+62 812-3456-7801")
    shown = words_of(await stranger.follow(sent))
    assert "Tepat janji – tiba paling lambat" in shown
    assert "0 dari 20 potong selesai" in shown
    for secret in ("Rina", "Jalan Melati", "Penjahit 1", "2.400.000", "foto"):
        assert secret not in shown


@pytest.mark.parametrize("wrong", ["code", "phone"])
async def test_a_wrong_code_and_a_wrong_number_are_answered_alike(open_order: Open, stranger: Desk, wrong: str) -> None:
    scene, _ = await open_order()
    given = {"code": scene.code, "phone": "0812-3456-7801"}
    given[wrong] = {"code": "CL-2606-9999", "phone": "0812-3456-7899"}[wrong]
    answer = await stranger.send("/lacak", on="/lacak", **given)
    assert (answer.status_code, "Kode dan nomor HP ini tidak cocok." in answer.text) == (422, True)
    assert f'value="{given["phone"]}"' in answer.text


@pytest.mark.parametrize("known", ["code", "phone"])
async def test_whoever_knows_one_of_the_two_has_ten_tries_an_hour_at_the_other(
    open_order: Open, stranger: Desk, advance: Callable[..., Awaitable[None]], known: str
) -> None:
    scene, _ = await open_order()
    right = {"code": scene.code, "phone": "0812-3456-7801"}
    for n in range(GUESSES):
        guess = {"code": f"CL-2606-{9000 + n}", "phone": f"0812-3456-{7900 + n}"} | {known: right[known]}
        assert (await stranger.send("/lacak", on="/lacak", **guess)).status_code == 422
    refused = await stranger.send("/lacak", on="/lacak", **right)
    assert (refused.status_code, "terlalu sering dicoba" in refused.text) == (429, True)
    assert refused.headers["retry-after"] == "3600"
    await advance(hours=1)
    assert (await stranger.send("/lacak", on="/lacak", **right)).status_code == 303


async def test_a_code_or_a_link_of_signs_that_no_code_has_is_refused_and_nothing_else(stranger: Desk) -> None:
    answer = await stranger.send("/lacak", on="/lacak", code="CL-\0", phone="0812-3456-7801")
    assert (answer.status_code, "tidak cocok" in answer.text) == (422, True)
    assert (await stranger.client.get("/lacak/%00")).status_code in (404, 422)


async def test_a_link_is_shared_and_ended_by_the_one_who_ordered(open_order: Open, stranger: Desk) -> None:
    scene, rina = await open_order()
    page = f"/pesanan/{scene.code}"
    await rina.send(f"{page}/bagikan", on=page)
    shared = await rina.page(page)
    found = re.search(r"(/lacak/[\w-]{20,})", shared)
    assert found
    assert scene.code in await stranger.page(found[1])
    await rina.send(f"{page}/bagikan/matikan", on=page)
    assert "Tautan ini tidak berlaku lagi." in await stranger.page(found[1], 404)
    await rina.send(f"{page}/bagikan", on=page)
    again = re.search(r"(/lacak/[\w-]{20,})", await rina.page(page))
    assert again
    assert again[1] != found[1]


async def test_a_link_that_nobody_made_leads_nowhere(stranger: Desk) -> None:
    await stranger.page("/lacak/abcdefghijklmnopqrstuv", 404)


async def test_nobody_shares_the_order_of_another(open_order: Open, app: FastAPI) -> None:
    scene, _ = await open_order()
    dewi = desk_of(app, scene.dewi)
    answer = await dewi.client.post(f"/pesanan/{scene.code}/bagikan", data={"kunci": "k-1"})
    assert answer.status_code == 404
