"""Conditional requests and links between pages."""

import httpx

from tests.cast import Cast


async def test_an_answer_that_the_caller_holds_is_not_sent_again(cast: Cast) -> None:
    rina = await cast.sign_in("081234567801")
    first = await rina.get("/v1/me")
    again = await rina.get("/v1/me", if_none_match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")


async def test_a_change_on_top_of_a_stale_reading_is_refused_and_changes_nothing(cast: Cast) -> None:
    rina = await cast.sign_in("081234567801")
    seen = (await rina.get("/v1/me")).headers["etag"]
    assert (await rina.call("PATCH", "/v1/me", {"name": "Rina K."}, if_match=seen)).status_code == 200
    stale = await rina.call("PATCH", "/v1/me", {"name": "Rina X."}, if_match=seen)
    assert (stale.status_code, stale.json()["code"]) == (412, "precondition_failed")
    assert (await rina.get("/v1/me")).json()["name"] == "Rina K."


async def test_a_page_names_the_next_one(client: httpx.AsyncClient, cast: Cast) -> None:
    for device in ("HP", "Tablet", "Laptop"):
        rina = await cast.sign_in("081234567801", device=device)
    page = await rina.get("/v1/sessions?limit=2")
    link = page.headers["link"]
    rest = await rina.get(link[1 : link.index(">")])
    assert link.endswith('rel="next"')
    assert (len(page.json()["data"]), len(rest.json()["data"]), "link" in rest.headers) == (2, 1, False)
