"""The ledger to read: accounts, the statement of one, transactions with their legs, and a file for the bookkeeper."""

from datetime import date, timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.datastructures import FormData

from clothingline.kit.clock import local_date
from clothingline.kit.errors import Invalid
from clothingline.kit.http import csv
from clothingline.kit.http.listing import Asked
from clothingline.kit.http.route import Session
from clothingline.kit.page import Window
from clothingline.ledger import queries, statements
from clothingline.ledger.chart import CORRECTED_BY_HAND, SIDES
from clothingline.ledger.schemas import AccountId, TransactionId
from clothingline.ledger.statements import FIRST_DAY, LAST_DAY, begin_of, end_of
from clothingline.ledger.tables import entries_as_csv
from clothingline.office import ledgers, till
from clothingline.office.booked import BOOKED
from clothingline.office.desk import MONEY, Desk, OnDesk
from clothingline.web.forms import day_of, refused
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import language

ACCOUNTS, TRANSACTIONS = "/admin/uang/akun", "/admin/uang/transaksi"
Kind = Annotated[str | None, Query(alias="jenis", pattern=f"^({'|'.join(SIDES)})?$")]
Words = Annotated[str | None, Query(alias="q", max_length=80)]
Month = Annotated[str | None, Query(alias="bulan", pattern=r"^(20[2-9]\d-(0[1-9]|1[0-2]))?$")]
Since = Annotated[str | None, Query(alias="since", max_length=10)]
Until = Annotated[str | None, Query(alias="until", max_length=10)]

pages = page_router()


@pages.get(ACCOUNTS)
@stands_for("ledger_accounts_list", *MONEY)
async def list_accounts(
    session: Session, asked: Asked, desk: OnDesk, kind: Kind = None, words: Words = None
) -> Response:
    """Accounts with their balances, newest first; the filters stand in the address."""
    wanted = {"jenis": kind or None, "q": (words or "").strip() or None}
    page = await ledgers.list_accounts(session, kind=wanted["jenis"], words=wanted["q"], asked=asked)
    kept = {name: value for name, value in wanted.items() if value}
    older = f"{ACCOUNTS}?{urlencode({**kept, 'starting_after': page.next_cursor})}" if page.next_cursor else ""
    return desk("admin/accounts.html", page=page, wanted=wanted, kinds=SIDES, older=older)


@pages.get(ACCOUNTS + "/{account_id}")
@stands_for("ledger_accounts_statement", *MONEY)
async def show_statement(
    account_id: AccountId, session: Session, asked: Asked, desk: OnDesk, month: Month = None
) -> Response:
    """Every entry of an account, or those of a month, newest first, with the balance after each."""
    account = await queries.get_ledger_account(session, account_id)
    today = local_date(await statements.await_writers(session))
    first = day_of(f"{month}-01") if month else None
    found = await statements.statement(
        session,
        account_id=account_id,
        since=begin_of(first) if first else None,
        until=begin_of(_next_month(first)) if first else end_of(today),
        asked=asked,
    )
    return desk(
        "admin/statement.html",
        one=(await ledgers.name_all(session, [account]))[account.code],
        found=found,
        legs=await ledgers.legs_of(session, [one.transaction_id for one in found.page.rows]),
        booked=BOOKED,
        corrected=CORRECTED_BY_HAND,
        first=first,
        this_month=today.replace(day=1),
        first_year=FIRST_DAY.year,
        before=(first - timedelta(days=1)).replace(day=1) if first else None,
        after=_next_month(first) if first else None,
    )


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


@pages.get(TRANSACTIONS)
@stands_for("ledger_transactions_list", *MONEY)
async def list_transactions(session: Session, asked: Asked, desk: OnDesk) -> Response:
    """What was booked, newest first, each with its legs."""
    return await _transactions(session, asked, desk)


async def _transactions(session: AsyncSession, asked: Window, desk: Desk) -> Response:
    page = await queries.list_ledger_transactions(session, asked=asked)
    legs = await ledgers.legs_of(session, [one.id for one in page.rows])
    return desk("admin/transactions.html", page=page, legs=legs, booked=BOOKED)


@pages.get(TRANSACTIONS + "/unduh")
@stands_for("ledger_entries_export", *MONEY)
async def download(
    *, request: Request, session: Session, asked: Asked, desk: OnDesk, since: Since = None, until: Until = None
) -> Response:
    """Every entry of a span of days as a file; a span that cannot be leads back to the form."""
    try:
        name, table = await entries_as_csv(session, since=_day(since, "since"), until=_day(until, "until"))
    except Invalid as error:
        request.state.form = refused(
            FormData([*request.query_params.multi_items()]), error, language(request), request.url.path
        )
        shown = await _transactions(session, asked, desk)
        shown.status_code = error.status
        return shown
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(table, media_type=csv.MEDIA_TYPE, headers=headers)


def _day(typed: str | None, name: str) -> date | None:
    day = day_of(typed)
    if typed and (day is None or not FIRST_DAY <= day <= LAST_DAY):
        said = f"Tulis hari antara {FIRST_DAY} dan {LAST_DAY}", f"Write a day between {FIRST_DAY} and {LAST_DAY}"
        raise Invalid(f"/{name}", *said)
    return day


@pages.get(TRANSACTIONS + "/{transaction_id}")
@stands_for("ledger_transactions_list", *MONEY)
async def show_transaction(transaction_id: TransactionId, session: Session, desk: OnDesk) -> Response:
    """One fact in money: its legs, when and by whom, and what it undoes."""
    one = await queries.get_ledger_transaction(session, transaction_id)
    return desk(
        "admin/transaction.html",
        one=one,
        legs=await ledgers.legs_of(session, [one.id]),
        officers=await till.names_of_people(session, [one.by]),
        booked=BOOKED,
    )
