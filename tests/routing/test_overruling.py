"""An officer overrules the engine: an open offer is taken back for a reason, and somebody else is asked."""

from tests.routing.asked import only
from tests.routing.street import Street, refusal, settle, succeeded

REASON = {"reason": "Mesin obras bengkel ini rusak sejak kemarin, kata pendamping"}


async def test_whoever_was_passed_over_is_not_asked_again_and_somebody_else_is(street: Street) -> None:
    order = await street.placed()
    offer = await only(street, order, "tailor")
    taken = succeeded(await street.admin.post(f"/v1/offers/{offer['id']}/passing-over", REASON), 201)
    assert taken["status"] == "withdrawn"
    await settle()
    others = await street.offers(order, kind="tailor")
    assert others
    assert offer["organisation"] not in {one["organisation"] for one in others}


async def test_an_offer_that_is_accepted_is_not_taken_back(street: Street) -> None:
    order = await street.placed()
    offer = await only(street, order, "tailor")
    succeeded(await street.accept(offer), 201)
    answer = await street.admin.post(f"/v1/offers/{offer['id']}/passing-over", REASON)
    assert refusal(answer) == "offer_already_accepted"


async def test_only_an_officer_overrules_and_only_with_a_reason(street: Street) -> None:
    offer = await only(street, await street.placed(), "tailor")
    path = f"/v1/offers/{offer['id']}/passing-over"
    assert (await street.dewi.post(path, REASON)).status_code == 403
    assert (await street.rina.post(path, REASON)).status_code == 403
    assert (await street.admin.post(path, {"reason": "Saya mau"})).status_code == 422
