"""Three orders: one kebaya to measure, sixty batik shirts by size, and jackets that nobody can make in time."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from clothingline.cli.demo import making, payday
from clothingline.cli.demo.stage import Actor, Stage
from clothingline.cli.demo.telling import INSTALMENTS, label_word
from clothingline.kit.clock import local_date
from clothingline.kit.money import rupiah
from clothingline.pilot import cast

MEASURES = {
    "neck": 345, "chest": 920, "underbust": 790, "waist": 760, "seat": 980, "shoulder_to_shoulder": 395,
    "shoulder_to_wrist": 575, "biceps": 285, "wrist": 160, "armscye": 410, "hps_to_bust": 270, "bust_span": 175,
    "hps_to_waist_front": 405, "hps_to_waist_back": 395, "back_width": 350, "garment_length": 620,
}  # fmt: skip
SHIRTS = {"S": 8, "M": 18, "L": 20, "XL": 10, "XXL": 4}
BANDUNG = {"recipient": "Rina Kartika", "street": "Jl. Cihampelas 12", "regency": "32.73"}
OFFICE = {"recipient": "Bayu Nugraha", "street": "Jl. Asia Afrika 65", "regency": "32.73"}
CIMAHI = {"recipient": "Maya Lestari", "street": "Jl. Amir Mahmud 5", "regency": "32.77"}


async def tell_everything(stage: Stage, folder: Path) -> payday.Closing:
    """The whole story, a paper of which is put into `folder`. Returns what is zero at its end."""
    admin = await stage.sign_in(cast.ADMIN.phone, cast.ADMIN.name)
    await stage.learn_phones(admin)
    await stage.learn_names(admin)
    await kebaya(stage, admin)
    await shirts(stage, admin)
    await jackets(stage)
    stage.tell.chapter("Uang")
    await payday.pay_out(stage)
    return await payday.close(stage, admin, folder)


async def kebaya(stage: Stage, admin: Actor) -> None:
    """One made-to-measure kebaya: a tailor declines and is replaced."""
    stage.tell.chapter("1 · Kebaya sesuai ukuran, satu potong, Kota Bandung")
    rina = await stage.sign_in(cast.RINA.phone, cast.RINA.name)
    body = await _measure(stage, rina)
    wish = {"design": "kebaya-encim-brokat", "options": {"bordir": "lengan"}, "measurement_set": body}
    order = await _quote_and_pay(stage, rina, wish, BANDUNG, days=60, instalment="full")
    falls = {"tailor": iter(["decline"])}
    await making.answer_offers(stage, admin, order, lambda offer, _n: next(falls.get(offer["kind"], iter(())), None))
    brand = await _make(stage, admin, rina, order)
    await making.send(stage, brand, rina, order)
    await rina.do(f"/v1/orders/{order}/acceptance")
    await stage.settle()
    stage.tell.say(rina.name, "menerima kebayanya; uang dibagi")
    await _close(stage, admin, rina, order)


async def _measure(stage: Stage, rina: Actor) -> str:
    await rina.do("/v1/consents", {"purpose": "measurements", "version": "2026-06"})
    person = await rina.do("/v1/people", {"label": "Saya", "sex": "female"})
    today = local_date(await stage.now()).isoformat()
    taken = {"values": MEASURES, "method": "self", "measurer": rina.name, "measured_on": today, "confirmed": True}
    body = await rina.do(f"/v1/people/{person['id']}/measurement-sets", taken)
    stage.tell.say(rina.name, f"menyimpan {len(MEASURES)} ukuran badan, tersandi")
    return str(body["id"])


async def shirts(stage: Stage, admin: Actor) -> None:
    """Sixty batik shirts: one tailor is silent and replaced, one check fails, half is paid before and half after."""
    stage.tell.chapter("2 · Enam puluh kemeja batik per ukuran untuk kantor")
    bayu = await stage.sign_in(cast.COORDINATOR.phone, cast.COORDINATOR.name)
    wish = {"design": "kemeja-batik-lengan-panjang", "sizes": SHIRTS}
    order = await _quote_and_pay(stage, bayu, wish, OFFICE, days=32, instalment="deposit")
    falls = {"tailor": iter(["expire"])}
    await making.answer_offers(stage, admin, order, lambda offer, _n: next(falls.get(offer["kind"], iter(())), None))
    brand = await _make(stage, admin, bayu, order, fails=1)
    balance = await stage.pay(bayu, order, "balance")
    stage.tell.say(bayu.name, f"melunasi {rupiah(balance['amount']['amount'])}")
    await making.send(stage, brand, bayu, order)
    await stage.pass_time(days=15)
    stage.tell.say("waktu", "empat belas hari tanpa keluhan: diterima dengan sendirinya")
    await _close(stage, admin, bayu, order)


async def jackets(stage: Stage) -> None:
    """Two thousand jackets in twelve days: nobody can, and the answer says why and what would help."""
    stage.tell.chapter("3 · Dua ribu jaket dalam dua belas hari")
    maya = await stage.sign_in(cast.HURRIED.phone, cast.HURRIED.name)
    design = (await maya.get("/v1/designs", garment_type="jaket", limit=1))["data"][0]
    wish = {"design": design["slug"], "sizes": {"M": 700, "L": 900, "XL": 400}}
    order = await maya.do("/v1/orders", {**wish, "needed_by": await _in(stage, 12), "ship_to": CIMAHI})
    problem = await maya.ask("POST", f"/v1/orders/{order['id']}/quotes", expect=409)
    stage.tell.say(maya.name, f"{order['code']}: {problem['title']}")
    for limit in problem["limits"]:
        stage.tell.say("sebab", f"{limit['count']} × {limit['id']}")
    for help_ in problem["would_help"]:
        stage.tell.say("bisa membantu", f"{help_['id']} (janji {help_['promise_on']}, {rupiah(help_['price_idr'])})")


async def _in(stage: Stage, days: int) -> str:
    return (local_date(await stage.now()) + timedelta(days=days)).isoformat()


async def _quote_and_pay(
    stage: Stage, consumer: Actor, wish: dict[str, Any], ship_to: dict[str, str], *, days: int, instalment: str
) -> str:
    order = await consumer.do("/v1/orders", {**wish, "needed_by": await _in(stage, days), "ship_to": ship_to})
    stage.tell.say(consumer.name, f"menulis pesanan {order['code']}")
    quote = await consumer.do(f"/v1/orders/{order['id']}/quotes")
    await stage.settle()
    chosen = quote["plans"][0]
    stage.tell.plan(chosen, stage.names)
    for other in quote["plans"][1:]:
        price = rupiah(other["price"]["amount"])
        stage.tell.say("pilihan lain", f"{label_word(other['label'])}: {price}, paling lambat {other['promise_on']}")
    explanation = await consumer.get(f"/v1/plans/{chosen['id']}/explanation")
    await consumer.do(f"/v1/orders/{order['id']}/checkout", {"plan": chosen["id"]})
    await stage.settle()
    await _show_reasons(stage, chosen["id"], explanation)
    paid = await stage.pay(consumer, order["id"], instalment)
    stage.tell.say(
        consumer.name, f"membayar {rupiah(paid['amount']['amount'])} ({INSTALMENTS[instalment]}); uang dititipkan"
    )
    return str(order["id"])


async def _show_reasons(stage: Stage, plan: str, explanation: dict[str, Any]) -> None:
    admin = await stage.sign_in(cast.ADMIN.phone, cast.ADMIN.name)
    stage.tell.reasons(explanation, await admin.get(f"/v1/plans/{plan}/certificate"))


async def _make(stage: Stage, admin: Actor, consumer: Actor, order: str, *, fails: int = 0) -> Actor:
    await making.confirm(stage, consumer, order)
    await payday.enrol(stage, admin, order)
    brand = await stage.member_of((await consumer.get(f"/v1/orders/{order}"))["brand"])
    await making.cut(stage, brand, order)
    await making.sew(stage, admin, brand, order, fails=fails)
    return brand


async def _close(stage: Stage, admin: Actor, consumer: Actor, order: str) -> None:
    stage.tell.jobs(await making.jobs_of(admin, order), stage.names)
    entries = (await consumer.get(f"/v1/orders/{order}/timeline"))["data"]
    stage.tell.timeline(entries, datetime.fromisoformat)
