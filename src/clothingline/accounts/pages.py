"""The door: phone number, one-time code, and out again. Nobody meets a password here."""

from collections.abc import Collection
from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import Form, Query, Request, Response
from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import RedirectResponse

from clothingline.accounts import door, queries, secrets, service
from clothingline.accounts.door import CLOSED, SIGNED_OUT, TypedCode, let_in, let_out
from clothingline.kit.access import Caller, Membership, Reach, Role
from clothingline.kit.clock import business_now
from clothingline.kit.http.plain import Line
from clothingline.kit.http.route import CurrentCaller, Session, look_think, secret_answer
from clothingline.web.forms import PageForm
from clothingline.web.route import open_to, page_router, public
from clothingline.web.showing import LANGUAGE, THEME, THEMES, Show, language, see
from clothingline.web.words import LANGUAGES

PHONE = "nomor"  # the cookie that carries the number from the first question to the second
PHONE_SECONDS = 15 * 60
YEAR_SECONDS = 365 * 24 * 3600
HOMES = {
    Role.TAILOR: "/t",
    Role.BRAND_OWNER: "/merek",
    Role.BRAND_STAFF: "/merek",
    Role.SUPPLIER: "/pemasok",
    Role.ADMIN: "/admin",
    Role.FIELD_OFFICER: "/admin",
    Role.AUDITOR: "/admin",
    Role.SENTRA_MANAGER: "/admin",
}
CONSUMER_HOME = "/pesanan"
ASKS_THE_NAME = "/t/daftar"
"""Where a way leads that asks for the name itself; nobody is asked twice."""

Next = Annotated[str | None, Query(alias="lanjut")]

pages = page_router()


class PhoneForm(PageForm):
    """Where the code goes."""

    phone: str = Field(min_length=5, max_length=32)
    lanjut: str | None = None


class CodeForm(PageForm):
    """The code of the message, and a name on a first visit."""

    code: TypedCode
    name: Annotated[Line, Field(max_length=80)] | None = None
    lanjut: str | None = None


@pages.get("/masuk")
@public
async def ask_phone(show: Show, lanjut: Next = None, nomor: str = "") -> Response:
    """Which phone? A link may know it already."""
    return show("accounts/phone.html", lanjut=own_path(lanjut), phone=nomor[:32])


@pages.post("/masuk")
@public
async def send_code(form: Annotated[PhoneForm, Form()], request: Request, session: Session) -> Response:
    """Send a one-time code; the answer is the same whether or not the number is known."""
    phone = secrets.phone_number(form.phone)
    await door.send_code(session, phone, request, language=language(request))
    answer = see(f"/masuk/kode?lanjut={quote(own_path(form.lanjut) or '')}")
    answer.set_cookie(PHONE, phone, max_age=PHONE_SECONDS, path="/masuk", **CLOSED)
    return answer


@pages.get("/masuk/kode")
@public
async def ask_code(request: Request, show: Show, lanjut: Next = None) -> Response:
    """Which code? Whoever has not said a number is asked for it first."""
    if PHONE not in request.cookies:
        return see("/masuk")
    wanted = own_path(lanjut)
    asks_name = wanted is None or not wanted.startswith(ASKS_THE_NAME)
    return show("accounts/code.html", phone=request.cookies[PHONE], lanjut=wanted, asks_name=asks_name)


async def _look_at_code(session: AsyncSession, request: Request, caller: Caller, reach: Reach) -> UUID | None:
    return await door.count_guess(session, secrets.phone_number(request.cookies.get(PHONE, "")))


@pages.post("/masuk/kode")
@public
@secret_answer
@look_think(_look_at_code)
async def enter(form: Annotated[CodeForm, Form()], request: Request, session: Session) -> Response:
    """Sign this device in and lead on to where its owner wanted to go, or to their own first page."""
    account = await service.use_code(
        session,
        phone=secrets.phone_number(request.cookies.get(PHONE, "")),
        code_id=request.state.thought,
        given=form.code,
        name=form.name,
    )
    answer = see(own_path(form.lanjut) or home_of(await queries.memberships_of(session, account.id)))
    return await let_in(answer, request, session, account)


def home_of(memberships: Collection[Membership]) -> str:
    """The first page of somebody: that of their work, else that of their orders."""
    held = {one.role for one in memberships}
    return next((path for role, path in HOMES.items() if role in held), CONSUMER_HOME)


@pages.post("/keluar")
@open_to()
async def leave(request: Request, session: Session, caller: CurrentCaller) -> Response:
    """Sign this device out; the browser forgets what it kept of us."""
    if caller.session is not None:
        now = await business_now(session)
        await service.revoke_session(session, session_id=caller.session, account_id=caller.person, now=now)
    return let_out(see("/", SIGNED_OUT), request)


@pages.get("/bahasa/{language}")
@public
async def choose_language(language: str, kembali: str = "/") -> Response:
    """Read in this language from now on."""
    return _remembered(LANGUAGE, language if language in LANGUAGES else None, kembali)


@pages.get("/tema/{theme}")
@public
async def choose_theme(theme: str, kembali: str = "/") -> Response:
    """Light, dark, or (any other word) as the phone has it."""
    return _remembered(THEME, theme if theme in THEMES else None, kembali)


def _remembered(name: str, value: str | None, back: str) -> Response:
    answer = RedirectResponse(own_path(back) or "/", 303)
    if value is None:
        answer.delete_cookie(name)
    else:
        answer.set_cookie(name, value, max_age=YEAR_SECONDS, **CLOSED)
    return answer


def own_path(given: str | None) -> str | None:
    """A path on this site, or None: nobody is led elsewhere by a link."""
    if not given or not given.startswith("/") or given.startswith("//"):
        return None
    return None if "\\" in given or not given.isprintable() else given  # a browser drops tabs: `/\t/elsewhere.test`
