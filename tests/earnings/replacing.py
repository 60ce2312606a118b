"""A maker whose place another takes, at the cost of the brand."""

from clothingline.kit import db, states
from clothingline.orders import queries as orders
from clothingline.orders.service import adjust_price_lines
from clothingline.orders.waterfall import Claim
from clothingline.production.models import JOB, Job
from clothingline.routing.models import OFFER, Offer, PlanShare
from tests.parties import make_tailor
from tests.payments.stage import Scene


async def replace_second(scene: Scene, pay: int) -> Offer:
    """Another maker sews the share of the second for this pay; the brand bears the difference. Its job is not made."""
    async with db.transaction() as session:
        mine = (Offer.organisation_id == scene.tailors[1], Offer.kind == "tailor")
        [left] = await states.move(session, OFFER, Offer, "withdraw", *mine)
        await states.move(session, JOB, Job, "cancel", Job.id == scene.jobs[1])
        maker = (await make_tailor(session)).id
        given = {"plan_id": left.plan_id, "pieces": 1, "sizes": {}, "due_on": left.due_on, "pay_idr": pay}
        share = PlanShare(tailor_id=maker, weeks={}, **given)
        session.add(share)
        await session.flush()
        asked = {"order_id": scene.order, "kind": "tailor", "organisation_id": maker, "expires_at": left.expires_at}
        new = Offer(share_id=share.id, claim=share.id, state="sent", **given, **asked)
        session.add(new)
        await session.flush()
        await states.move(session, OFFER, Offer, "accept", Offer.id == new.id, accepted_at=left.accepted_at)
        order = await orders.get_order_by_id(session, scene.order, lock=True)
        frozen = await orders.find_frozen_price(session, scene.order)
        assert frozen is not None
        gone, brand = Claim("labour", scene.tailors[1], "share", left.share_id), Claim("brand_margin", scene.brand)
        wanted = {claim: amount for claim, amount in frozen.lines.items() if claim != gone}
        wanted |= {Claim("labour", maker, "share", share.id): pay, brand: wanted[brand] + 150_000 - pay}
        await adjust_price_lines(session, order=order, wanted=wanted, reason="replacement", by=None)
    return new
