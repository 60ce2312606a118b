"""Reviews, the answers to them, and what makers say of consumers."""

from typing import Annotated

from fastapi import Query, Response

from clothingline.aftersales import queries, schemas, service
from clothingline.kit.clock import business_now
from clothingline.kit.http.listing import Asked, Listing
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session, api_router
from clothingline.orders import queries as orders
from clothingline.orders.schemas import OrderRef
from clothingline.production.schemas import JobId

router = api_router()


@router.get("/reviews", tags=["reviews"], name="list")
async def list_reviews(
    session: Session,
    asked: Asked,
    design: Annotated[schemas.DesignId | None, Query(description="Only of this design.")] = None,
    brand: Annotated[schemas.BrandId | None, Query(description="Only of this brand.")] = None,
) -> Listing[schemas.ReviewOut]:
    """What everybody reads, newest first."""
    page = await queries.list_open(session, asked=asked, design_id=design, brand_id=brand)
    return Listing(**page.listing([schemas.ReviewOut.of(one) for one in page.rows]))


@router.get("/reviews/{review_id}", tags=["reviews"], name="show")
async def show_review(review_id: schemas.ReviewId, session: Session, reach: CurrentReach) -> schemas.ReviewOut:
    """One review; before its time its makers see only that it is there."""
    return schemas.ReviewOut.of(await queries.get_review(session, review_id, reach))


@router.get("/orders/{order}/reviews", tags=["reviews"], name="of_order")
async def list_reviews_of_order(order: OrderRef, session: Session, reach: CurrentReach) -> Listing[schemas.ReviewOut]:
    """The review of an order, or none yet."""
    row = await orders.get_order(session, order, reach)
    seen = await queries.find_review(session, row.id, reach)
    return Listing(data=[schemas.ReviewOut.of(seen)] if seen else [], has_more=False, next_cursor=None)


@router.post("/orders/{order}/reviews", status_code=201, tags=["reviews"], name="write")
async def write_review(
    order: OrderRef, body: schemas.ReviewIn, session: Session, caller: CurrentCaller, reach: CurrentReach
) -> schemas.ReviewSummary:
    """Review an order that has come, once. Its makers read it after they have spoken too, or after seven days."""
    now = await business_now(session)
    row = await service.write_review(
        session, ref=order, said=body.said, photo=None, reach=reach, by=caller.person, now=now
    )
    return schemas.ReviewSummary.of(await queries.get_review(session, row.id, reach))


@router.put("/reviews/{review_id}", tags=["reviews"], name="change")
async def change_review(
    review_id: schemas.ReviewId, body: schemas.ReviewIn, session: Session, caller: CurrentCaller, reach: CurrentReach
) -> schemas.ReviewSummary:
    """Say it otherwise, as long as nobody else can have read it."""
    await service.change_review(session, review_id=review_id, said=body.said, photo=None, reach=reach, by=caller.person)
    return schemas.ReviewSummary.of(await queries.get_review(session, review_id, reach))


@router.delete("/reviews/{review_id}", status_code=204, tags=["reviews"], name="forget")
async def forget_review(
    review_id: schemas.ReviewId, session: Session, caller: CurrentCaller, reach: CurrentReach
) -> Response:
    """Take text, pictures and name back for good; what was ticked stays as a figure without a person."""
    await service.forget_review(session, review_id=review_id, reach=reach, by=caller.person)
    return Response(status_code=204)


@router.post("/reviews/{review_id}/answer", status_code=201, tags=["reviews"], name="answer")
async def answer_review(
    review_id: schemas.ReviewId, body: schemas.AnswerIn, session: Session, caller: CurrentCaller, reach: CurrentReach
) -> schemas.AnswerOut:
    """Answer a review of your brand's that you may read, once."""
    row = await service.answer_review(session, review_id=review_id, words=body.words, reach=reach, by=caller.person)
    return schemas.AnswerOut.of(row)


@router.post("/reviews/{review_id}/hiding", status_code=201, tags=["reviews"], name="hide")
async def hide_review(
    review_id: schemas.ReviewId, body: schemas.HidingIn, session: Session, caller: CurrentCaller, reach: CurrentReach
) -> schemas.ReviewSummary:
    """Take a review out of public, with a reason; nothing in it is changed."""
    await service.hide_review(session, review_id=review_id, reason=body.reason, reach=reach, by=caller.person)
    return schemas.ReviewSummary.of(await queries.get_review(session, review_id, reach))


@router.delete("/reviews/{review_id}/hiding", tags=["reviews"], name="restore")
async def restore_review(
    review_id: schemas.ReviewId, session: Session, caller: CurrentCaller, reach: CurrentReach
) -> schemas.ReviewSummary:
    """Show it again."""
    await service.restore_review(session, review_id=review_id, reach=reach, by=caller.person)
    return schemas.ReviewSummary.of(await queries.get_review(session, review_id, reach))


@router.get("/orders/{order}/remarks", tags=["remarks"], name="list")
async def list_remarks(order: OrderRef, session: Session, reach: CurrentReach) -> Listing[schemas.RemarkOut]:
    """What the makers say of the consumer of an order, as far as you may read it yet."""
    rows = await queries.list_remarks(session, await orders.get_order(session, order, reach), reach)
    return Listing(data=[schemas.RemarkOut.of(one) for one in rows], has_more=False, next_cursor=None)


@router.post("/orders/{order}/remarks", status_code=201, tags=["remarks"], name="write")
async def remark_for_brand(
    order: OrderRef, body: schemas.RemarkIn, session: Session, caller: CurrentCaller, reach: CurrentReach
) -> schemas.RemarkOut:
    """Say how it was to work for this consumer, before you have read the review; once."""
    now = await business_now(session)
    row = await service.remark_for_brand(
        session, ref=order, rating=body.rating, words=body.words, reach=reach, by=caller.person, now=now
    )
    return schemas.RemarkOut.of(row)


@router.post("/jobs/{job_id}/remarks", status_code=201, tags=["remarks"], name="write_for_job")
async def remark_for_tailor(
    job_id: JobId, body: schemas.RemarkIn, session: Session, caller: CurrentCaller, reach: CurrentReach
) -> schemas.RemarkOut:
    """The same by the tailor of a job, for their part."""
    now = await business_now(session)
    row = await service.remark_for_tailor(
        session, job_id=job_id, rating=body.rating, words=body.words, reach=reach, by=caller.person, now=now
    )
    return schemas.RemarkOut.of(row)
