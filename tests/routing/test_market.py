"""The market that a quote sees: the newest of everything, in weeks that are open."""

from datetime import timedelta

from sqlalchemy import update

from clothingline.certification.models import CERTIFICATE, Certificate
from clothingline.kit import db, ids
from clothingline.kit.states import move
from clothingline.materials.models import Lot
from clothingline.routing import tasks
from clothingline.tailors.models import Tailor, TailorWeek
from tests.routing.street import Street, count, now


async def test_the_next_quote_sees_at_once_what_has_changed_in_the_market(street: Street) -> None:
    _, before = await street.quoted()
    [first] = before["plans"][0]["shares"]
    cheapest, dearest = street.tailors[0], street.tailors[2]
    assert ids.read("tlr", first["tailor"]) == cheapest.id
    async with db.transaction() as session:
        await session.execute(update(Tailor).where(Tailor.id == dearest.id).values(rate_idr=100))
    _, cheaper = await street.quoted()
    assert [ids.read("tlr", share["tailor"]) for share in cheaper["plans"][0]["shares"]] == [dearest.id]
    async with db.transaction() as session:
        gone = (Certificate.tailor_id == dearest.id,)
        await move(session, CERTIFICATE, Certificate, "revoke", *gone, reason="LSP")
    _, after = await street.quoted()
    assert dearest.id not in {ids.read("tlr", share["tailor"]) for plan in after["plans"] for share in plan["shares"]}
    async with db.transaction() as session:
        dearer = update(Lot).where(Lot.id == street.lots[0].id).values(price_idr=90_000)
        await session.execute(dearer)
    _, other_cloth = await street.quoted()
    assert ids.read("lot", other_cloth["plans"][0]["lot"]) == street.lots[1].id
    async with db.transaction() as session:
        await session.execute(
            update(TailorWeek).where(TailorWeek.tailor_id == cheapest.id).values(declared=TailorWeek.held)
        )
    _, busy = await street.quoted()
    assert cheapest.id not in {ids.read("tlr", share["tailor"]) for plan in busy["plans"] for share in plan["shares"]}


async def test_weeks_are_opened_ahead_of_every_quote_and_only_once(street: Street) -> None:
    assert await tasks.open_weeks_ahead() == 1
    opened = "SELECT (SELECT count(*) FROM tailor_week) + (SELECT count(*) FROM brand_week)"
    assert await count(opened) == 30 * (3 + 1)
    assert await tasks.open_weeks_ahead() == 0
    day = (await now()).date() + timedelta(days=364)
    await street.quoted(needed_by=day.isoformat())
    assert await count(opened) == 30 * (3 + 1)
