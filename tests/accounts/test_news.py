"""The stream behind open pages: that something happened, to whom it concerns, as long as the browser is signed in."""

from collections.abc import Awaitable, Callable

import httpx
import pytest
from fastapi import FastAPI

from clothingline.accounts import event_routes
from clothingline.kit import db
from tests.accounts.test_events import account_of, happen
from tests.cast import Cast
from tests.streaming import listening
from tests.web.desk import desk_of


async def test_a_page_hears_the_name_of_what_happened_and_nothing_else(
    app: FastAPI, cast: Cast, database: db.Database
) -> None:
    rina, budi = await cast.sign_in("081234567801"), await cast.sign_in("081234567802", "Budi")
    async with listening(app, rina.token, page=True) as hers, listening(app, budi.token, page=True) as his:
        event_id = await happen(database, [account_of(rina)])
        assert await hers.event() == {"event": "kabar", "data": "OrderPaid", "id": event_id}
        assert his.chunks.empty()


async def test_the_stream_of_a_page_ends_with_the_session_of_the_browser(app: FastAPI, cast: Cast) -> None:
    rina = await cast.sign_in("081234567801", device="HP")
    async with listening(app, rina.token, page=True) as stream:
        await desk_of(app, rina).send("/keluar", on="/profil")
        assert await stream.event() is None


async def test_a_silent_stream_notices_that_the_session_has_run_out(
    app: FastAPI, cast: Cast, advance: Callable[..., Awaitable[None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_routes, "LOOK_AGAIN_SECONDS", 0.05)
    rina = await cast.sign_in("081234567801")
    async with listening(app, rina.token, page=True) as stream:
        await advance(days=91)
        assert await stream.event() is None


async def test_whoever_is_not_signed_in_is_told_to_stop_asking(app: FastAPI) -> None:
    said = {"accept": "text/event-stream"}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://clothingline.test") as client:
        assert (await client.get("/peristiwa", headers=said)).status_code == 204
        assert (await client.get("/peristiwa")).headers["location"] == "/masuk?lanjut=/peristiwa"
