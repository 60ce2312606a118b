"""The matching console: what waits, why, the proof, and another way with a reason."""

import re
from uuid import UUID

import pytest
from sqlalchemy import select, update

from clothingline import worker
from clothingline.kit import db, ids
from clothingline.kit.events import Event
from clothingline.office import matchings
from clothingline.orders.models import Order
from clothingline.pilot import cast as people
from clothingline.pilot.cast import Person
from clothingline.routing.models import Forbidden, Offer, Plan
from clothingline.tailors.models import Tailor, TailorWeek
from tests.story_fixture import database_name, story_template
from tests.web.admin.conftest import Seat
from tests.web.desk import Desk, words_of

__all__ = ["database_name", "story_template"]

QUEUE = "/admin/cocok"
REASON = "Mesin obras bengkel ini rusak sejak kemarin, kata pendamping"


async def waiting() -> Order:
    """The order of the story whose offers are unanswered."""
    async with db.transaction() as session:
        return (await session.scalars(select(Order).where(Order.state == "placed"))).one()


async def adopted(order: Order) -> Plan:
    """The plan that is carried out."""
    async with db.transaction() as session:
        query = select(Plan).where(Plan.order_id == order.id, Plan.state == "adopted")
        return (await session.scalars(query)).one()


async def offer_to_a_tailor(order: Order) -> Offer:
    """An open offer of the order to a tailor."""
    async with db.transaction() as session:
        open_ = (Offer.order_id == order.id, Offer.kind == "tailor", Offer.state.in_(("sent", "seen")))
        return (await session.scalars(select(Offer).where(*open_).order_by(Offer.id))).first()  # type: ignore[return-value]  # the story has one


def ref_of(page: str, number: int = 0) -> str:
    """The offer that the form of the page names."""
    return str(re.findall(r'<option value="(off_\w+)"', page)[number])


def rupiah_in(text: str) -> list[int]:
    """Every amount that is written there."""
    return [
        (-1 if sign else 1) * int(digits.replace(".", "")) for sign, digits in re.findall(r"(−?)Rp\s([\d.]+)", text)
    ]


async def test_the_queue_says_who_has_said_yes(wahyu: Desk) -> None:
    order = await waiting()
    page = await wahyu.page(QUEUE)
    assert f'href="{QUEUE}/{order.code}"' in page
    assert re.search(r"\d dari \d menerima", words_of(page))


async def test_the_parts_of_every_plan_add_up_to_its_cost(wahyu: Desk) -> None:
    order = await waiting()
    page = await wahyu.page(f"{QUEUE}/{order.code}")
    tables = re.findall(r"<caption>Bagian biaya, rupiah</caption>(.*?)</table>", page, re.DOTALL)
    assert tables
    for table in tables:
        body, foot = table.split("</tbody>")
        assert sum(rupiah_in(words_of(body))) == rupiah_in(words_of(foot))[0]


async def test_the_plan_that_is_carried_out_stands_first_with_its_makers(wahyu: Desk) -> None:
    order = await waiting()
    plan = await adopted(order)
    page = await wahyu.page(f"{QUEUE}/{order.code}")
    first = page[page.index('class="card now"') :].partition("</article>")[0]
    assert "Dipilih" in first
    assert plan.cost_idr in rupiah_in(words_of(first))


async def test_those_who_could_not_are_named_with_the_limit_that_bars_them(wahyu: Desk) -> None:
    order = await waiting()
    plan = await adopted(order)
    assert plan.explanation
    said = words_of(await wahyu.page(f"{QUEUE}/{order.code}"))
    barred = list(plan.explanation["limits"])
    assert barred
    assert [one["id"] for one in barred if one["id"] not in said] == []


async def test_the_proof_says_cost_bound_and_gap(wahyu: Desk) -> None:
    order = await waiting()
    said = words_of(await wahyu.page(f"{QUEUE}/{order.code}"))
    plan = await adopted(order)
    assert "Batas bawah" in said
    assert plan.cost_idr in rupiah_in(said[said.index("Bukti rencana terbaik") :])


async def test_the_map_shows_the_buyer_the_brand_and_every_maker_that_is_named(wahyu: Desk) -> None:
    order = await waiting()
    page = await wahyu.page(f"{QUEUE}/{order.code}")
    chart = page[page.index('id="peta-judul"') :].partition("</figure>")[0]
    assert chart.count("<circle") >= 3


async def test_an_officer_passes_over_a_tailor_and_the_engine_asks_somebody_else(wahyu: Desk) -> None:
    order = await waiting()
    offer = await offer_to_a_tailor(order)
    path = f"{QUEUE}/{order.code}"
    page = await wahyu.page(path)
    assert ids.show("off", offer.id) in page
    answer = await wahyu.send(f"{path}/alihkan", on=path, offer=ids.show("off", offer.id), reason=REASON)
    said = words_of(await wahyu.follow(answer))
    assert "Tawaran dialihkan" in said
    assert REASON in said
    await worker.drain()
    async with db.transaction() as session:
        gone = await session.get_one(Offer, offer.id)
        barred = (await session.scalars(select(Forbidden).where(Forbidden.order_id == order.id))).all()
        told = (await session.scalars(select(Event).where(Event.name == "OfferPassedOver"))).one()
        live = (
            await session.scalars(
                select(Offer.organisation_id).where(
                    Offer.order_id == order.id, Offer.kind == "tailor", Offer.state.in_(("sent", "seen"))
                )
            )
        ).all()
    assert (gone.state, gone.reason) == ("withdrawn", REASON)
    assert [one.subject_id for one in barred] == [offer.organisation_id]
    assert told.actor is not None
    assert live
    assert offer.organisation_id not in live


async def weighed(order: Order) -> tuple[list[UUID], list[UUID]]:
    """Who could sew the order besides those chosen, the dearest first, and who could not."""
    async with db.transaction() as session:
        plan = (await session.scalars(select(Plan).where(Plan.order_id == order.id, Plan.state == "adopted"))).one()
        await session.refresh(plan)
    others = [one for one in matchings.candidates(plan) if not one.chosen]
    able = [one.tailor_id for one in others if one.limit is None]
    return able[::-1], [one.tailor_id for one in others if one.limit is not None]


async def asked_now(order: Order) -> set[UUID]:
    """The tailors whose answers are waited for."""
    asked = (Offer.order_id == order.id, Offer.kind == "tailor", Offer.state.in_(("sent", "seen", "accepted")))
    async with db.transaction() as session:
        return set(await session.scalars(select(Offer.organisation_id).where(*asked)))


async def test_an_officer_names_who_is_asked_instead_and_the_engine_seats_them(wahyu: Desk) -> None:
    order = await waiting()
    offer = await offer_to_a_tailor(order)
    [named, *_], _ = await weighed(order)
    path = f"{QUEUE}/{order.code}"
    given = {"offer": ids.show("off", offer.id), "reason": REASON, "instead": ids.show("tlr", named)}
    assert f'value="{given["instead"]}"' in await wahyu.page(path)
    said = words_of(await wahyu.follow(await wahyu.send(f"{path}/alihkan", on=path, **given)))
    assert "Tawaran dialihkan ke" in said
    assert named not in await asked_now(order)
    await worker.drain()
    assert named in await asked_now(order)
    assert offer.organisation_id not in await asked_now(order)


async def test_whoever_is_named_and_cannot_after_all_is_left_out_and_the_engine_chooses(wahyu: Desk) -> None:
    order = await waiting()
    offer = await offer_to_a_tailor(order)
    [named, *_], _ = await weighed(order)
    path = f"{QUEUE}/{order.code}"
    given = {"offer": ids.show("off", offer.id), "reason": REASON, "instead": ids.show("tlr", named)}
    await wahyu.follow(await wahyu.send(f"{path}/alihkan", on=path, **given))
    async with db.transaction() as session:
        full = update(TailorWeek).where(TailorWeek.tailor_id == named)
        await session.execute(full.values(declared=TailorWeek.held + TailorWeek.booked))
        await session.execute(update(Tailor).where(Tailor.id == named).values(weekday_seconds=[0] * 7))
    await worker.drain()
    asked = await asked_now(order)
    assert asked
    assert named not in asked


async def test_nobody_is_named_who_does_not_qualify_or_was_not_weighed(wahyu: Desk) -> None:
    order = await waiting()
    offer = await offer_to_a_tailor(order)
    _, barred = await weighed(order)
    path = f"{QUEUE}/{order.code}"
    for named in (*barred[:1], offer.organisation_id, ids.new_id()):
        given = {"offer": ids.show("off", offer.id), "reason": REASON, "instead": ids.show("tlr", named)}
        answer = await wahyu.send(f"{path}/alihkan", on=path, **given)
        assert answer.status_code == 422
        assert "Pilih penjahit yang ditimbang dan memenuhi syarat" in words_of(answer.text)
    assert (await offer_to_a_tailor(order)).state in ("sent", "seen")


@pytest.mark.parametrize("reason", ["", "Karena saya mau"])
async def test_without_twenty_letters_nothing_is_overruled(wahyu: Desk, reason: str) -> None:
    order = await waiting()
    path = f"{QUEUE}/{order.code}"
    page = await wahyu.page(path)
    answer = await wahyu.send(f"{path}/alihkan", on=path, offer=ref_of(page), reason=reason)
    assert answer.status_code == 422
    assert 'href="#f-reason"' in answer.text
    assert (await offer_to_a_tailor(order)).state in ("sent", "seen")


async def test_an_offer_of_another_order_is_not_taken_back(wahyu: Desk) -> None:
    order = await waiting()
    path = f"{QUEUE}/{order.code}"
    async with db.transaction() as session:
        other = (await session.scalars(select(Offer).where(Offer.order_id != order.id))).first()
    assert other
    answer = await wahyu.send(f"{path}/alihkan", on=path, offer=ids.show("off", other.id), reason=REASON)
    assert answer.status_code == 422


@pytest.mark.parametrize("who", [people.FIELD_OFFICER, people.AUDITOR], ids=lambda who: who.role)
async def test_who_may_only_look_cannot_overrule(seat: Seat, who: Person) -> None:
    order = await waiting()
    desk = await seat(who)
    path = f"{QUEUE}/{order.code}"
    page = await desk.page(path)
    assert "alihkan" not in page
    sent = await desk.client.post(f"{path}/alihkan", data={"kunci": "a" * 32, "offer": "off_x", "reason": REASON})
    assert sent.status_code == 403


async def test_an_order_that_is_not_there_is_not_found(wahyu: Desk) -> None:
    await wahyu.page(f"{QUEUE}/CL-9999-9999", 404)
