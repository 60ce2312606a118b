"""Applications through the API: officers see all and decide, a tailor sees the own one."""

from clothingline.joining import service
from clothingline.kit import db, ids
from clothingline.kit.access import Role
from tests.cast import Cast
from tests.parties import make_regency, member

BANDUNG = "32.73"
ANSWERS = {
    "regency_code": BANDUNG,
    "garments": ["kemeja"],
    "machines": ["lockstitch"],
    "weekly_pieces": 12,
    "weekdays": [1, 2, 3],
}


async def test_officers_see_an_application_and_decide_about_it_and_others_do_not(cast: Cast) -> None:
    nining, rina = await cast.sign_in("0812-3456-7891", "Nining"), await cast.sign_in("0812-3456-7801")
    async with db.transaction() as session:
        await make_regency(session, BANDUNG)
        officer = await member(cast, session, "0812-3456-7809", Role.ADMIN)
        by = ids.read("acc", nining.account)
        await service.start(session, name="Nining Yuningsih", by=by)
        await service.answer(session, changes=ANSWERS, by=by)
        application = await service.submit(session, by=by)
    path = f"/v1/tailor-applications/{ids.show('apl', application.id)}"
    shown = (await nining.get(path)).json()
    assert (shown["name"], shown["state"], shown["missing"]) == ("Nining Yuningsih", "applied", [])
    assert (await rina.get(path)).status_code == 403
    assert (await nining.post(f"{path}/admission", {})).status_code == 403
    waiting = (await officer.get("/v1/tailor-applications?state=applied")).json()
    assert [one["id"] for one in waiting["data"]] == [shown["id"]]
    refused = await officer.post(f"{path}/refusal", {"reason": "Kuota sudah penuh"})
    assert (refused.status_code, refused.json()["reason"]) == (201, "Kuota sudah penuh")
    assert (await officer.post(f"{path}/admission", {})).status_code == 409
    async with db.transaction() as session:
        await service.submit(session, by=by)
    assert (await officer.post(f"{path}/admission", {"kind": "workshop"})).json()["state"] == "admitted"
    workshop = (await nining.get(f"/v1/tailors/{ids.show('tlr', application.id)}")).json()
    assert (workshop["kind"], workshop["families"], workshop["town"]) == ("workshop", ["top"], "Kota Bandung")
