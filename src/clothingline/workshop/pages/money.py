"""The tailor's money: where it is, what leaves next, what each job brought, and the letter for the bank."""

from datetime import date, timedelta
from typing import Annotated

from fastapi import Form, Response
from pydantic import Field

from clothingline.kit.access import Role
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Now, Session
from clothingline.kit.page import Window
from clothingline.papers import queries as papers
from clothingline.papers import service as paper_service
from clothingline.payouts import queries as payouts
from clothingline.payouts import service, upcoming
from clothingline.payouts.schemas import PayeeId, PayoutId
from clothingline.settings import settings
from clothingline.web.forms import PageForm
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import Show, see
from clothingline.web.words import later
from clothingline.web.written import thousands
from clothingline.workshop import money

pages = page_router()


class LetterForm(PageForm):
    """How many whole months the letter looks back."""

    months: Annotated[int, Field(ge=1, le=12)] = 3


@pages.get("/t/uang")
@stands_for("earnings_list", Role.TAILOR)
async def show_money(session: Session, reach: CurrentReach, show: Show) -> Response:
    """When does my money come? Date and amount first."""
    now = await business_now(session)
    weeks = await money.sent_by_week(session, reach, now=now)
    transfer = await upcoming.next_transfer(session, reach, now=now)
    return show(
        "workshop/money.html",
        transfer=transfer,
        resting=money.rests_until(transfer, now),
        rest_hours=settings().payouts.rest_hours_after_change,
        sums=await money.sums_by_bucket(session, reach),
        weeks=weeks,
        labels=[f"{monday.day}/{monday.month}" for monday in weeks],
        thousands=[amount // 1000 for amount in weeks.values()],
        this_week=list(weeks.values())[-1],
        earned=await money.list_earned(session, reach),
    )


@pages.post("/t/uang/{payee_id}/kirim")
@stands_for("payouts_create", Role.TAILOR)
async def pay_now(payee_id: PayeeId, session: Session, reach: CurrentReach, now: Now) -> Response:
    """Everything that is available now, to whoever asks for each transfer. Raises what collecting raises."""
    payout = await service.collect_wished(session, payee_id=payee_id, now=now, reach=reach)
    return see("/t/uang", later("Rp %(rp)s sedang dikirim ke rekening Anda."), rp=thousands(payout.amount_idr))


@pages.get("/t/uang/surat")
@stands_for("documents_list", Role.TAILOR)
async def show_letters(session: Session, reach: CurrentReach, show: Show) -> Response:
    """Income letters that were made, and the form for another."""
    found = await papers.list_documents(session, reach, kind="income_letter", order_id=None, asked=Window(limit=12))
    return show("workshop/letters.html", letters=found.rows)


@pages.post("/t/uang/surat")
@stands_for("documents_create", Role.TAILOR)
async def write_letter(
    form: Annotated[LetterForm, Form()], session: Session, caller: CurrentCaller, reach: CurrentReach, now: Now
) -> Response:
    """Ask for a letter about the last whole months, this one included."""
    last = local_date(now)
    await paper_service.write_income_letter(
        session,
        organisation_id=None,
        first_month=_months_before(last, form.months - 1),
        last_month=f"{last:%Y-%m}",
        reach=reach,
        now=now,
        by=caller.person,
    )
    return see("/t/uang/surat", later("Surat sedang dibuat. Muat ulang sebentar lagi."))


def _months_before(day: date, months: int) -> str:
    first = day.replace(day=1)
    for _ in range(months):
        first = (first - timedelta(days=1)).replace(day=1)
    return f"{first:%Y-%m}"


@pages.get("/t/uang/{payout_id}")
@stands_for("payouts_show", Role.TAILOR)
async def show_payout(payout_id: PayoutId, session: Session, reach: CurrentReach, show: Show) -> Response:
    """One transfer and what it is for."""
    payout = await payouts.get_payout(session, payout_id, reach)
    items = (await payouts.items_of(session, [payout.id]))[payout.id]
    return show("workshop/payout.html", payout=payout, items=items)
