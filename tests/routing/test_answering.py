"""Offers: who is asked until when, and every answer with its refusals."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from sqlalchemy import update

from clothingline.certification.models import Certificate
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db, ids
from clothingline.reference.calendar import WorkingCalendar
from clothingline.routing.service.issuing import deadline
from clothingline.suppliers.models import Supplier
from clothingline.tailors.models import TailorDayOff
from tests.routing.asked import only
from tests.routing.street import (
    Street,
    count,
    events,
    loads,
    move_clock,
    now,
    open_street,
    pass_time,
    refusal,
    seconds_of,
    settle,
    stored_offer,
    succeeded,
    time_left,
    today,
)


async def test_a_paid_order_asks_brand_supplier_and_makers_and_books_the_brand_and_the_cloth(street: Street) -> None:
    order = await street.placed()
    offers = await street.offers(order)
    assert [one["kind"] for one in offers] == ["brand", "supplier", "tailor"]
    assert {one["status"] for one in offers} == {"sent"}
    cut = {name: amounts for (name, _), amounts in (await loads()).items()}
    assert cut[str(street.brand.id)] == (0, 12)
    assert cut[str(street.lots[0].id)] == (0, 12 * 170, 0)
    assert await seconds_of(street.tailors[0].id) == (19_800, 0)
    assert await events("PlanAdopted", "OfferSent") == ["PlanAdopted", *["OfferSent"] * 3]
    plan = await count("SELECT count(*) FROM plan WHERE state = 'adopted'")
    released = await count("SELECT count(*) FROM plan WHERE state IN ('held', 'proposed')")
    assert (plan, released) == (1, 0)


async def test_what_the_parties_get_is_the_price_less_transport(street: Street) -> None:
    order = await street.placed()
    plan = await count("SELECT price_idr FROM plan WHERE state = 'adopted'")
    transport = await count(
        "SELECT coalesce(sum((part->>'amount')::bigint), 0) FROM plan, jsonb_array_elements(parts) AS part "
        "WHERE state = 'adopted' AND part->>'code' = 'transport'"
    )
    assert sum(one["pay"]["amount"] for one in await street.offers(order)) == plan - transport


def test_a_day_to_answer_does_not_count_closed_days() -> None:
    saturday = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)  # 10.00 in Jakarta
    assert deadline(saturday, 24) == datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
    before_christmas = datetime(
        2026, 12, 23, 3, 0, tzinfo=UTC
    )  # the 24th is taken off by decree, the 25th is Christmas
    assert deadline(before_christmas, 24) == datetime(2026, 12, 26, 3, 0, tzinfo=UTC)


async def test_a_makers_own_days_off_and_rest_days_do_not_count_against_its_deadline(street: Street) -> None:
    off = [WorkingCalendar().add_working_days(await today(), step) for step in range(1, 4)]
    async with db.transaction() as session:
        session.add_all(
            [TailorDayOff(tailor_id=maker.id, day=day, reason=None) for maker in street.tailors for day in off]
        )
    order = await street.placed()
    tailor, brand = await only(street, order, "tailor"), await only(street, order, "brand")
    by_maker, by_brand = (datetime.fromisoformat(one["answer_by"]) for one in (tailor, brand))
    assert by_maker - (await now()) > timedelta(days=3)
    assert by_maker > by_brand


async def test_a_standing_acceptance_answers_at_once(client: httpx.AsyncClient, provider: FakeProvider) -> None:
    street = await open_street(client, provider, brand={"standing_acceptance": True})
    async with db.transaction() as session:
        await session.execute(update(Supplier).values(standing_acceptance=True))
    order = await street.placed()
    states = {one["kind"]: one["status"] for one in await street.offers(order)}
    assert states == {"brand": "accepted", "supplier": "accepted", "tailor": "sent"}
    assert await count("SELECT count(*) FROM reservation WHERE state = 'confirmed'") == 1
    succeeded(await street.accept(await only(street, order, "tailor")), 201)
    await pass_time(minutes=11)
    assert await street.status(order) == "confirmed"


async def test_an_offer_is_seen_by_its_party_and_not_by_the_programme(street: Street) -> None:
    order = await street.placed()
    offer = await only(street, order, "tailor")
    assert succeeded(await street.admin.get(f"/v1/offers/{offer['id']}"))["status"] == "sent"
    assert succeeded(await street.party(offer).get(f"/v1/offers/{offer['id']}"))["status"] == "seen"
    succeeded(await street.party(offer).get(f"/v1/offers/{offer['id']}"))
    assert await events("OfferSeen") == ["OfferSeen"]


async def test_accepting_books_the_weeks_and_makes_one_job_and_a_second_yes_is_refused(street: Street) -> None:
    order = await street.placed()
    offer = await only(street, order, "tailor")
    accepted = succeeded(await street.accept(offer), 201)
    assert accepted["status"] == "accepted"
    assert datetime.fromisoformat(accepted["undo_until"]) - (await now()) <= timedelta(minutes=10)
    assert await seconds_of(street.tailors[0].id) == (0, 19_800)
    assert refusal(await street.accept(offer)) == "offer_already_accepted"
    assert refusal(await street.decline(offer)) == "offer_already_accepted"
    assert refusal(await street.extend(offer)) == "offer_already_accepted"
    await settle()
    assert await count("SELECT count(*) FROM job WHERE state = 'accepted'") == 1


async def test_an_offer_is_answered_by_its_party_alone(street: Street) -> None:
    order = await street.placed()
    offer = await only(street, order, "tailor")
    other = street.people[street.tailors[1].id]
    unknown = ids.show("off", ids.new_id())
    for path, body in (("acceptance", None), ("decline", {}), ("extension", None)):
        for one in (offer["id"], unknown):
            assert refusal(await other.post(f"/v1/offers/{one}/{path}", body), 404) == "offer_not_found"
    assert refusal(await other.call("DELETE", f"/v1/offers/{offer['id']}/acceptance"), 404) == "offer_not_found"
    assert refusal(await other.get(f"/v1/offers/{offer['id']}"), 404) == "offer_not_found"
    assert (await street.rina.post(f"/v1/offers/{offer['id']}/acceptance")).status_code == 403
    assert (await street.admin.post(f"/v1/offers/{offer['id']}/acceptance")).status_code == 403


async def test_an_offer_that_is_over_is_refused_by_the_clock_even_before_the_sweep(street: Street) -> None:
    order = await street.placed()
    offer = await only(street, order, "tailor")
    await move_clock(seconds=await time_left(offer))
    for answer in (await street.accept(offer), await street.decline(offer), await street.extend(offer)):
        assert refusal(answer) == "offer_expired"
        assert datetime.fromisoformat(answer.json()["expired_at"]) == datetime.fromisoformat(offer["answer_by"])
        assert "T" in answer.json()["expired_at"]
        assert " WIB; see your other offers" in answer.json()["detail"]
    assert (await stored_offer(offer)).state == "sent"
    await settle()
    assert (await stored_offer(offer)).state == "expired"
    assert refusal(await street.accept(offer)) == "offer_expired"
    assert refusal(await street.undo(offer)) == "offer_not_accepted"


async def test_a_declined_or_withdrawn_offer_is_closed(street: Street) -> None:
    order = await street.placed()
    offer = await only(street, order, "tailor")
    assert succeeded(await street.decline(offer), 201)["status"] == "declined"
    for answer in (await street.accept(offer), await street.decline(offer), await street.extend(offer)):
        assert (refusal(answer), answer.json()["state"]) == ("offer_closed", "declined")
    brand = await only(street, order, "brand")
    await street.rina.post(f"/v1/orders/{order}/cancellation")
    await settle()
    assert (refusal(await street.accept(brand)), (await street.accept(brand)).json()["state"]) == (
        "offer_closed",
        "withdrawn",
    )


async def test_an_acceptance_is_taken_back_within_ten_minutes_and_the_offer_stands_as_before(street: Street) -> None:
    order = await street.placed()
    before = await loads()
    for kind in ("tailor", "supplier", "brand"):
        offer = await only(street, order, kind)
        succeeded(await street.accept(offer), 201)
        await settle()
        await move_clock(minutes=9)
        undone = succeeded(await street.undo(offer))
        assert (undone["status"], undone["undo_until"]) == ("seen", None)
        assert datetime.fromisoformat(undone["answer_by"]) - (await now()) >= timedelta(minutes=59)
        await settle()
        assert refusal(await street.undo(offer)) == "offer_not_accepted"
    assert await loads() == before
    assert await count("SELECT count(*) FROM job WHERE state <> 'cancelled'") == 0
    assert await count("SELECT count(*) FROM reservation WHERE state = 'requested'") == 1
    await street.accept_all(order)
    await pass_time(minutes=11)
    assert await street.status(order) == "confirmed"


async def test_an_undo_leaves_at_least_an_hour_to_think_again(street: Street) -> None:
    order = await street.placed()
    offer = await only(street, order, "brand")
    await move_clock(seconds=await time_left(offer) - 60)
    succeeded(await street.accept(offer), 201)
    undone = succeeded(await street.undo(offer))
    assert timedelta(minutes=59) < datetime.fromisoformat(undone["answer_by"]) - (await now()) <= timedelta(hours=1)


async def test_after_ten_minutes_an_acceptance_stands(street: Street) -> None:
    order = await street.placed()
    offer = await only(street, order, "tailor")
    succeeded(await street.accept(offer), 201)
    await move_clock(minutes=10)
    assert refusal(await street.undo(offer)) == "undo_too_late"
    assert (await stored_offer(offer)).state == "accepted"


async def test_a_maker_may_ask_ten_times_for_four_hours_more(street: Street) -> None:
    order = await street.placed()
    offer = await only(street, order, "tailor")
    first = datetime.fromisoformat(offer["answer_by"])
    for times in range(1, 11):
        extended = succeeded(await street.extend(offer), 201)
        assert datetime.fromisoformat(extended["answer_by"]) == first + times * timedelta(hours=4)
    assert refusal(await street.extend(offer)) == "no_more_extensions"
    brand = await only(street, order, "brand")
    assert (await street.extend(brand)).status_code == 403, "only makers ask for more time"


async def test_a_certificate_that_ends_before_the_due_day_accepts_nothing(street: Street) -> None:
    order = await street.placed()
    offer = await only(street, order, "tailor")
    workshop = ids.read("org", offer["organisation"])
    due = (await stored_offer(offer)).due_on
    held = await loads()
    for last_day, code in ((due - timedelta(days=1), "certificate_ends_before_due_day"), (due, None)):
        async with db.transaction() as session:
            mine = Certificate.tailor_id == workshop
            await session.execute(update(Certificate).where(mine).values(valid_until=last_day))
        answer = await street.accept(offer)
        if code is not None:
            assert (refusal(answer), answer.json()["due_on"]) == (code, due.isoformat())
            assert (await loads(), (await stored_offer(offer)).state) == (held, "sent")
        else:
            succeeded(answer, 201)


async def test_a_no_never_costs_and_its_reason_is_optional(street: Street) -> None:
    order = await street.placed()
    offer = await only(street, order, "tailor")
    path = f"/v1/offers/{offer['id']}/decline"
    assert refusal(await street.party(offer).post(path, {"reason": "x" * 121}), 422) == "validation_failed"
    assert succeeded(await street.party(offer).post(path, {}), 201)["status"] == "declined"


@pytest.mark.parametrize("kind", ["tailor", "brand", "supplier"])
async def test_the_consumer_is_named_to_nobody_who_is_asked(street: Street, kind: str) -> None:
    order = await street.placed()
    offer = await only(street, order, kind)
    seen = await street.party(offer).get(f"/v1/offers/{offer['id']}")
    listed = await street.party(offer).get("/v1/offers")
    for answer in (seen, listed):
        assert answer.status_code == 200
        assert not [word for word in ("Rina", "Cihampelas", street.rina.account) if word in answer.text]
    assert [one["id"] for one in listed.json()["data"]] == [offer["id"]]


async def test_makers_and_suppliers_see_no_order_and_the_brand_its_street_only_once_confirmed(street: Street) -> None:
    order = await street.placed()
    tailor, supplier = await only(street, order, "tailor"), await only(street, order, "supplier")
    for offer in (tailor, supplier):
        for path in (f"/v1/orders/{order}", "/v1/orders", f"/v1/orders/{order}/timeline"):
            assert (await street.party(offer).get(path)).status_code == 403
    before = succeeded(await street.dewi.get(f"/v1/orders/{order}"))
    assert before["ship_to"] is None
    assert "Cihampelas" not in (await street.dewi.get("/v1/orders")).text
    await street.accept_all(order)
    await pass_time(minutes=11)
    after = succeeded(await street.dewi.get(f"/v1/orders/{order}"))
    assert after["ship_to"]["street"] == "Jl. Cihampelas 12"
    assert (await street.order(order))["ship_to"]["street"] == "Jl. Cihampelas 12"


async def test_a_brand_sees_the_plans_of_its_orders_and_the_makers_see_none(street: Street) -> None:
    order, quote = await street.quoted()
    plan = quote["plans"][0]["id"]
    assert refusal(await street.dewi.get(f"/v1/plans/{plan}"), 404) == "plan_not_found"
    await street.rina.post(f"/v1/orders/{order}/checkout", {"plan": plan})
    assert succeeded(await street.dewi.get(f"/v1/plans/{plan}"))["id"] == plan
    maker = street.people[street.tailors[0].id]
    assert (await maker.get(f"/v1/plans/{plan}")).status_code == 403
    assert refusal(await street.rina.get(f"/v1/plans/{ids.show('pol', ids.new_id())}"), 404) == "plan_not_found"
