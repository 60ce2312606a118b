"""The steps that every order goes through: asked, answered, cut, sewn, checked, sent."""

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

from PIL import Image

from clothingline.cli.demo.stage import Actor, Stage, Unexpected, why
from clothingline.cli.demo.telling import state_word
from clothingline.kit.money import rupiah

UNDO_MINUTES = 11


async def answer_offers(
    stage: Stage, admin: Actor, order: str, refuse: Callable[[dict[str, Any], int], str | None]
) -> None:
    """Let the parties answer until nobody is asked any more. `refuse` names, for an offer and its count, how a tailor
    falls out (`decline`, `expire`) or None to accept."""
    asked = 0
    while offers := await _waiting(stage, admin, order):
        answers = [(refuse(offer, asked + number), offer) for number, offer in enumerate(offers, 1)]
        asked += len(offers)
        # Whoever lets an offer lapse comes last: the time that passes for it must not end the others' offers.
        for how, offer in sorted(answers, key=lambda answer: answer[0] or ""):
            await _answer(stage, offer, how)
        await stage.settle()


async def _waiting(stage: Stage, admin: Actor, order: str) -> list[dict[str, Any]]:
    """Offers without an answer, the smallest share first: who falls out first is the same in every run."""
    page = await admin.get("/v1/offers", order=order, limit=100)
    waiting = [offer for offer in page["data"] if offer["status"] in ("sent", "seen")]
    return sorted(waiting, key=lambda offer: (offer["pieces"], stage.names.get(offer["organisation"], "")))


async def _answer(stage: Stage, offer: dict[str, Any], how: str | None) -> None:
    party = await stage.member_of(offer["organisation"])
    path = f"/v1/offers/{offer['id']}"
    card = await party.get(path)
    who = await name_of(stage, offer)
    pay = f"{card['pieces']} potong, {rupiah(card['pay']['amount'])}, selesai {card['due_on']}"
    if how == "decline":
        await party.do(f"{path}/decline", {"reason": "Sedang penuh"})
        stage.tell.say(who, f"menolak ({pay}); mesin mencari pengganti, yang lain tetap")
    elif how == "expire":
        stage.tell.say(who, f"tidak menjawab ({pay}); waktu dimajukan sampai tawaran berakhir")
        await stage.wait_until(datetime.fromisoformat(card["answer_by"]))
    else:
        await party.do(f"{path}/acceptance")
        stage.tell.say(who, f"menyanggupi ({pay})")


async def name_of(stage: Stage, offer: dict[str, Any]) -> str:
    """The name of the party that is asked."""
    return stage.names.get(offer["organisation"].partition("_")[2], str(offer["organisation"]))


async def confirm(stage: Stage, consumer: Actor, order: str) -> None:
    """Let the minutes pass in which an acceptance may be taken back; then the order is confirmed.

    Raises `Unexpected` with the reason and what would help when no replacement was found.
    """
    await stage.pass_time(minutes=UNDO_MINUTES)
    found = await consumer.get(f"/v1/orders/{order}")
    if found["status"] != "confirmed":
        raise Unexpected(f"{found['code']} {state_word(found['status'])}: {why(found['reason'] or {})}")
    stage.tell.say("pesanan", "semua menyanggupi dan batas pembatalan lewat: pesanan pasti")


async def cut(stage: Stage, brand: Actor, order: str) -> None:
    """The brand cuts and sends the kits."""
    runs = (await brand.get("/v1/runs", limit=100))["data"]
    [run] = [one for one in runs if one["order"] == order]
    await stage.pass_time(days=2)
    await brand.do(f"/v1/runs/{run['id']}/release")
    await stage.settle()
    stage.tell.say("merek", "memotong kain dan mengirim paket kerja")


async def sew(stage: Stage, admin: Actor, brand: Actor, order: str, *, fails: int = 0) -> None:
    """Every maker takes the kit, sews, photographs, submits; the brand checks by the AQL table. The first `fails`
    checks find too many flaws and the job is repaired."""
    await stage.pass_time(days=3)
    for job in await jobs_of(admin, order):
        maker = await stage.member_of(job["tailor"])
        path = f"/v1/jobs/{job['id']}"
        await maker.do(f"{path}/kit-receipt", {"pieces": job["pieces"]})
        await maker.do(f"{path}/start")
        if job["made_to_measure"]:
            body = await maker.get(f"{path}/measurements")
            stage.tell.say(job["tailor_name"], f"membaca {len(body['measures'])} ukuran badan {body['pseudonym']}")
        await stage.pass_time(days=4)
        await _submit(stage, maker, brand, job, spoil=fails > 0)
        fails -= 1
        await maker.do(f"{path}/handover")
        await stage.settle()


async def jobs_of(admin: Actor, order: str) -> list[dict[str, Any]]:
    """The jobs of an order, oldest first."""
    code = (await admin.get(f"/v1/orders/{order}"))["code"]
    page = await admin.get("/v1/jobs", limit=100)
    return [job for job in reversed(page["data"]) if job["order_code"] == code and job["state"] != "cancelled"]


async def _submit(stage: Stage, maker: Actor, brand: Actor, job: dict[str, Any], *, spoil: bool) -> None:
    path = f"/v1/jobs/{job['id']}"
    photo = await _photograph(maker, path)
    await maker.do(f"{path}/submission", {"good": job["pieces"], "faulty": 0, "photos": [photo]})
    check = await brand.do(f"{path}/inspections", {"level": "II"})
    if spoil:
        found = {"critical": 0, "major": check["sample_size"], "minor": 0, "reason": "Jahitan kerah loncat."}
        await brand.do(f"/v1/inspections/{check['id']}/verdict", found)
        stage.tell.say(job["tailor_name"], f"periksa mutu: tidak lolos ({check['sample_size']} contoh); diperbaiki")
        await _submit(stage, maker, brand, job, spoil=False)
        return
    verdict = await brand.do(f"/v1/inspections/{check['id']}/verdict", {"critical": 0, "major": 0, "minor": 0})
    stage.tell.say(
        job["tailor_name"], f"periksa mutu {check['sample_size']} contoh: {state_word(verdict['state'])}; diserahkan"
    )


async def _photograph(maker: Actor, path: str) -> str:
    picture = io.BytesIO()
    Image.new("RGB", (640, 480), (148, 92, 60)).save(picture, "JPEG")
    taken = await maker.ask(
        "POST", f"{path}/photos", content=picture.getvalue(), headers={"Content-Type": "image/jpeg"}
    )
    return str(taken["id"])


async def send(stage: Stage, brand: Actor, consumer: Actor, order: str) -> None:
    """Pack, ship, deliver."""
    parcel = {"carrier": "JNE REG", "tracking": f"DEMO{order[-8:].upper()}", "weight_g": 900}
    shipment = await brand.do(f"/v1/orders/{order}/shipments", parcel)
    await stage.pass_time(days=2)
    await brand.do(f"/v1/shipments/{shipment['id']}/delivery", {"received_by": consumer.name})
    await stage.settle()
    stage.tell.say("merek", f"mengirim lewat {parcel['carrier']}; diterima {consumer.name}")
