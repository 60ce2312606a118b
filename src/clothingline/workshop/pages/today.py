"""What a tailor does now: what waits for an answer, what is sewn today, how full the week is, what money comes."""

from fastapi import Response

from clothingline.kit.access import Role
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.http.route import CurrentReach, Session
from clothingline.payouts import upcoming
from clothingline.production import presenting
from clothingline.production import queries as production
from clothingline.routing import queries as routing
from clothingline.routing.cards import cards_of
from clothingline.web.route import open_to, page_router
from clothingline.web.showing import Show
from clothingline.workshop.money import sums_by_bucket
from clothingline.workshop.weeks import load_of_week

pages = page_router()


@pages.get("/t")
@open_to(Role.TAILOR)
async def show_today(session: Session, reach: CurrentReach, show: Show) -> Response:
    """One page for the morning."""
    now = await business_now(session)
    offers = await routing.list_open_offers(session, reach)
    jobs = await production.list_jobs_at_work(session, reach)
    cards = await production.cards(session, [job.id for job in jobs])
    return show(
        "workshop/today.html",
        now=now,
        offers=offers,
        waiting={"/t": len(offers) + sum(job.state == "rework" for job in jobs)},
        offer_cards=await cards_of(session, offers),
        jobs=[presenting.job_out(job, cards[job.id]) for job in jobs],
        week=await load_of_week(session, reach, today=local_date(now)),
        sums=await sums_by_bucket(session, reach),
        transfer=await upcoming.next_transfer(session, reach, now=now),
    )
