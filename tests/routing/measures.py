"""A body that is measured, and a design with a priced option."""

from tests.cast import Actor
from tests.routing.street import succeeded, today

MEASURES = {"chest": 920, "waist": 760, "seat": 980, "neck": 345, "shoulder_to_shoulder": 395, "shoulder_to_wrist": 575}
LENGTHS = [
    {
        "code": "lengan",
        "kind": "choice",
        "label_id": "Lengan",
        "label_en": "Sleeves",
        "required": True,
        "choices": [
            {"code": "panjang", "label_id": "Panjang", "label_en": "Long", "extra_idr": 5_000, "extra_cloth_cm": 20},
            {"code": "pendek", "label_id": "Pendek", "label_en": "Short"},
        ],
    }
]


async def measured(who: Actor) -> str:
    """A measurement set of somebody's own."""
    await who.post("/v1/consents", {"purpose": "measurements", "version": "2026-06"})
    person = succeeded(await who.post("/v1/people", {"label": "Saya", "sex": "female"}), 201)
    taken = {"values": MEASURES, "method": "tailor", "measurer": "Siti", "measured_on": (await today()).isoformat()}
    made = await who.post(f"/v1/people/{person['id']}/measurement-sets", taken | {"confirmed": True})
    return str(succeeded(made, 201)["id"])
