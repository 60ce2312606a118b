"""The production board of a brand, and the moves of its cards: each move is an act, confirmed in a line."""

from typing import Annotated, Literal

from fastapi import Form, Query, Request, Response

from clothingline.kit.access import Role
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.errors import Invalid
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session
from clothingline.kit.ids import show as typed_id
from clothingline.orders.models import Order
from clothingline.production import board, moves, queries, service
from clothingline.production.schemas import RunId
from clothingline.routing.cards import beginnings
from clothingline.web.forms import PageForm
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import Show, language, see
from clothingline.web.words import later

BRAND = (Role.BRAND_OWNER, Role.BRAND_STAFF)
BOARD = "/merek/produksi"
NEXT_PAGE = {"release": "{run}/lepas", "check": "{run}/qc?pekerjaan={ref}", "send": "{run}/kirim"}
View = Annotated[Literal["papan", "tabel"], Query(alias="tampilan")]
Column = Literal["ready", "cut", "sew", "check", "pack", "send"]

pages = page_router()


class Moving(PageForm):
    """Which card goes where."""

    card: str
    to: Column


@pages.get(BOARD)
@stands_for("runs_list", *BRAND)
async def show_board(
    request: Request, session: Session, reach: CurrentReach, show: Show, view: View = "papan"
) -> Response:
    """Every run and part that is not over, in its column."""
    cards = await board.list_cards(session, reach)
    today = local_date(await business_now(session))
    words = {code: said[language(request)] for code, said in board.TARGET_WORDS.items()}
    columns = [(code, words[code], [one for one in cards if one.column == code]) for code in board.COLUMNS]
    begin = await beginnings(session, Order.brand_id.in_(reach.brands))
    return show("brands/board.html", columns=columns, words=words, today=today, view=view, beginnings=begin)


@pages.post(BOARD + "/pindah")
@stands_for("runs_list", *BRAND)
async def move_card(form: Annotated[Moving, Form()], session: Session, reach: CurrentReach) -> Response:
    """On to the act that moves this card; where there is none, the board says why."""
    cards = {card.ref: card for card in await board.list_cards(session, reach)}
    if form.card not in cards:
        raise Invalid("/card", "Kartu ini sudah tidak ada di papan.", "This card is no longer on the board.")
    card = cards[form.card]
    return see(f"{BOARD}/" + NEXT_PAGE[moves.act_of(card, form.to)].format(run=card.run, ref=card.ref))


@pages.get(BOARD + "/{run_id}/lepas")
@stands_for("runs_show", *BRAND)
async def ask_to_release(run_id: RunId, session: Session, reach: CurrentReach, show: Show) -> Response:
    """What the cut means, in a sentence."""
    run = await queries.get_run(session, run_id, reach)
    code = (await queries.codes_of(session, [run.order_id]))[run.order_id]
    jobs = await queries.list_jobs_of_run(session, run.id)
    return show("brands/release.html", run=run, ref=typed_id("run", run.id), code=code, makers=len(jobs))


@pages.post(BOARD + "/{run_id}/lepas")
@stands_for("runs_release", *BRAND)
async def release(run_id: RunId, session: Session, caller: CurrentCaller, reach: CurrentReach) -> Response:
    """Cut the cloth and send the kits; this cannot be taken back."""
    run = await service.release_run(session, run_id=run_id, reach=reach, by=caller.person)
    code = (await queries.codes_of(session, [run.order_id]))[run.order_id]
    return see(BOARD, later("%(code)s: %(n)s potong ditandai selesai potong. Kit dikirim."), code=code, n=run.pieces)
