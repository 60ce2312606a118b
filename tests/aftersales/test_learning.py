"""A fit answer offers to put the saved measures right; whether that happens, their owner says."""

from typing import Any

from fastapi import FastAPI
from sqlalchemy import update

from clothingline.accounts import service as accounts
from clothingline.kit import db, ids
from clothingline.kit.clock import business_now, local_date
from clothingline.measurements import service
from clothingline.measurements.models import MeasurementSet
from clothingline.measurements.service import Taken
from tests.aftersales.scenes import FIT, SAID, arrived, reviewed
from tests.cast import Actor, Cast
from tests.production.scene import Scene
from tests.web.desk import desk_of, words_of

VALUES = {"chest": 920, "waist": 760, "shoulder_to_shoulder": 400, "shoulder_to_wrist": 580, "garment_length": 700}
OFFER = "Perbarui ukuran tersimpan?"


async def sewn_to_measure(cast: Cast, values: dict[str, int] = VALUES, *, confirmed: bool = False) -> tuple[Scene, str]:
    """Rina's shirt, sewn to her measures, at her door; and the id of her as somebody who is measured."""
    rina = await cast.sign_in("0812-3456-7801")
    account = ids.read("acc", rina.account)
    async with db.transaction() as session:
        now = await business_now(session)
        await accounts.give_consent(session, account_id=account, purpose="measurements", version="2026-06", now=now)
        person = await service.add_person(session, account_id=account, label="Saya", sex="female")
        taken = Taken(values, "tailor", "Ibu Siti", local_date(now), confirmed)
        row = await service.store_set(
            session, person_id=person.id, account_id=account, taken=taken, today=taken.measured_on
        )
    scene, _ = await arrived(cast, pieces=(1,), measured_by=row.id)
    return scene, ids.show("per", person.id)


async def newest(rina: Actor, person: str) -> dict[str, Any]:
    """Her newest measures."""
    first = (await rina.get(f"/v1/people/{person}/measurement-sets")).json()["data"][0]
    return dict((await rina.get(f"/v1/measurement-sets/{first['id']}")).json())


async def test_what_was_tight_is_offered_wider_and_saved_as_a_new_version_when_she_wants(
    app: FastAPI, cast: Cast
) -> None:
    scene, person = await sewn_to_measure(cast)
    await reviewed(scene, fit=FIT | {"sleeve": "loose"})
    rina, page = desk_of(app, scene.rina), f"/pesanan/{scene.code}/ulasan"
    shown = words_of(await rina.page(page))
    assert OFFER in shown
    assert "Dada 92 cm → 94 cm" in shown
    assert "Lengan 58 cm → 56 cm" in shown
    assert "Pinggang 76 cm" not in shown
    told = words_of(await rina.follow(await rina.send(f"{page}/ukuran", on=page, zone="chest")))
    assert "1 ukuran tersimpan diperbarui." in told
    assert OFFER not in told
    kept = await newest(scene.rina, person)
    assert (kept["version"], kept["values"]) == (2, VALUES | {"chest": 940})
    assert kept["method"] == "garment"


async def test_nothing_is_saved_unless_she_says_so_and_pressing_twice_saves_once(app: FastAPI, cast: Cast) -> None:
    scene, person = await sewn_to_measure(cast)
    await reviewed(scene)
    assert (await newest(scene.rina, person))["version"] == 1
    rina, page = desk_of(app, scene.rina), f"/pesanan/{scene.code}/ulasan"
    none = words_of(await rina.follow(await rina.send(f"{page}/ukuran", on=page)))
    assert "Ukuran tersimpan tetap seperti semula." in none
    for number in range(2):
        await rina.client.post(f"{page}/ukuran", data={"kunci": f"k-{number}", "zone": "chest"})
    assert (await newest(scene.rina, person))["version"] == 2


async def test_odd_measures_that_she_had_confirmed_stay_confirmed_so_that_they_can_be_ordered_by_again(
    app: FastAPI, cast: Cast
) -> None:
    odd = VALUES | {"waist": 1200}
    scene, person = await sewn_to_measure(cast, odd, confirmed=True)
    await reviewed(scene)
    rina, page = desk_of(app, scene.rina), f"/pesanan/{scene.code}/ulasan"
    await rina.send(f"{page}/ukuran", on=page, zone="chest")
    kept = await newest(scene.rina, person)
    assert (kept["version"], bool(kept["doubts"]), kept["has_open_doubts"]) == (2, True, False)


async def test_what_fits_offers_nothing(app: FastAPI, cast: Cast) -> None:
    scene, _ = await sewn_to_measure(cast)
    await reviewed(scene, fit=dict.fromkeys(FIT, "right"))
    assert OFFER not in await desk_of(app, scene.rina).page(f"/pesanan/{scene.code}/ulasan")


async def test_without_consent_nothing_is_read_and_nothing_is_offered(app: FastAPI, cast: Cast) -> None:
    scene, _ = await sewn_to_measure(cast)
    await reviewed(scene)
    rina, page = desk_of(app, scene.rina), f"/pesanan/{scene.code}/ulasan"
    await rina.follow(await rina.send("/privasi/tarik/measurements", on="/privasi"))
    assert OFFER not in await rina.page(page)
    sent = await rina.client.post(f"{page}/ukuran", data={"kunci": "k-1", "zone": "chest"})
    assert "Ukuran tersimpan tetap seperti semula." in words_of(await rina.follow(sent))


async def test_erased_measures_are_not_offered(app: FastAPI, cast: Cast) -> None:
    scene, person = await sewn_to_measure(cast)
    await reviewed(scene)
    assert (await scene.rina.call("DELETE", f"/v1/people/{person}")).status_code == 204
    assert OFFER not in await desk_of(app, scene.rina).page(f"/pesanan/{scene.code}/ulasan")


async def test_damaged_measures_are_not_offered_and_the_review_is_read_without_them(app: FastAPI, cast: Cast) -> None:
    scene, _ = await sewn_to_measure(cast)
    await reviewed(scene)
    async with db.transaction() as session:
        await session.execute(update(MeasurementSet).values(sealed=b""))
    page = await desk_of(app, scene.rina).page(f"/pesanan/{scene.code}/ulasan")
    assert SAID["words"] in page
    assert OFFER not in page


async def test_of_a_shirt_for_one_body_every_zone_is_answered(app: FastAPI, cast: Cast) -> None:
    scene, _ = await sewn_to_measure(cast)
    fit = {zone: said for zone, said in FIT.items() if zone != "waist"}
    answer = await scene.rina.post(f"/v1/orders/{scene.code}/reviews", SAID | {"fit": fit})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/fit/waist"
