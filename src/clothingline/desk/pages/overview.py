"""The first page of a brand: what needs its answer today, and how full the next week is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import Response

from clothingline.desk import weeks
from clothingline.kit.access import Role
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.http.route import CurrentReach, Session
from clothingline.production import board
from clothingline.production.board import Card
from clothingline.routing import requests
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import Show

BRAND = (Role.BRAND_OWNER, Role.BRAND_STAFF)

pages = page_router()


@dataclass(frozen=True)
class Work:
    """How many cards need what."""

    to_cut: int
    problems: int
    to_check: int
    to_send: int
    late: int
    pieces: int


def work_of(cards: Sequence[Card], today: date) -> Work:
    """What the cards of a board ask of their brand."""
    states = [card.state for card in cards]
    return Work(
        to_cut=states.count("materials_reserved"),
        problems=states.count("blocked"),
        to_check=states.count("submitted"),
        to_send=states.count("packed"),
        late=sum(card.days_left(today) < 0 and card.state != "shipped" for card in cards),
        pieces=sum(card.pieces for card in cards),
    )


@pages.get("/merek")
@stands_for("runs_list", *BRAND)
async def show_overview(session: Session, reach: CurrentReach, show: Show) -> Response:
    """What waits, and where to answer it."""
    waiting = await requests.count_waiting(session, reach, kind="brand")
    today = local_date(await business_now(session))
    work = work_of(await board.list_cards(session, reach), today)
    ahead = await weeks.list_weeks(session, reach, today=today)
    return show("brands/overview.html", work=work, next_week=ahead[1], waiting={"/merek/permintaan": waiting})
