"""Who orders, and where it goes."""

from typing import Annotated
from uuid import UUID

from fastapi import Form, Request, Response
from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts import door, secrets, service
from clothingline.accounts import queries as people
from clothingline.accounts.door import TypedCode, let_in
from clothingline.kit.access import Caller, Reach, Role
from clothingline.kit.http.plain import Line, Words
from clothingline.kit.http.route import Session, look_think, secret_answer
from clothingline.shop import places
from clothingline.shop.drafts import open_draft
from clothingline.shop.known import known_of
from clothingline.shop.pages.asking import CurrentDraft, around, ask
from clothingline.web.forms import PageForm
from clothingline.web.route import page_router, public, stands_for
from clothingline.web.showing import Show, language, see

pages = page_router()


class ContactForm(PageForm):
    """A name, and where the code goes."""

    name: Annotated[Line, Field(max_length=80)]
    phone: str = Field(min_length=5, max_length=32)


class CodeForm(PageForm):
    """The code of the message."""

    code: TypedCode


class AddressForm(PageForm):
    """Where the parcel goes."""

    recipient: Line
    street: Annotated[Words, Field(min_length=8)]


@pages.get("/pesan/{draft}/kontak")
@public
async def ask_contact(opened: CurrentDraft, show: Show) -> Response:
    """Who are you? Only now: everything before needs no account."""
    return ask(opened, show, "kontak", "shop/kontak.html")


@pages.post("/pesan/{draft}/kontak")
@public
async def send_code(
    form: Annotated[ContactForm, Form()], opened: CurrentDraft, request: Request, session: Session
) -> Response:
    """Send a one-time code to the number."""
    phone = secrets.phone_number(form.phone)
    await door.send_code(session, phone, request, language=language(request))
    await opened.change(session, name=form.name, phone=phone, recipient=opened.answers.recipient or form.name)
    return see(opened.href("kontak/kode"))


@pages.get("/pesan/{draft}/kontak/kode")
@public
async def ask_code(opened: CurrentDraft, show: Show) -> Response:
    """Which code? Whoever is signed in already goes on."""
    if opened.caller.account is not None or opened.answers.phone is None:
        return see(opened.next())
    return show("shop/kode.html", **{**around(opened, "kontak"), "back_to": opened.href("kontak")})


async def _count_guess(session: AsyncSession, request: Request, caller: Caller, reach: Reach) -> UUID | None:
    opened = await open_draft(session, request.path_params["draft"], caller)
    return await door.count_guess(session, opened.answers.phone or "")


@pages.post("/pesan/{draft}/kontak/kode")
@public
@secret_answer
@look_think(_count_guess)
async def enter(
    form: Annotated[CodeForm, Form()], opened: CurrentDraft, request: Request, session: Session
) -> Response:
    """Sign this device in; the draft is now that person's, and what is known of them is not asked."""
    answers = opened.answers
    phone, thought = answers.phone or "", request.state.thought
    account = await service.use_code(session, phone=phone, code_id=thought, given=form.code, name=answers.name)
    opened.caller = Caller(account.id, await people.memberships_of(session, account.id), name=account.name)
    known = await known_of(session, opened.caller)
    if known.street and not answers.street:
        await opened.change(session, recipient=known.recipient, street=known.street)
    else:
        await opened.keep(session, answers)
    return await let_in(see(opened.next()), request, session, account)


@pages.get("/pesan/{draft}/alamat")
@stands_for("orders_create", Role.CONSUMER)
async def ask_address(opened: CurrentDraft, show: Show) -> Response:
    """Where does the parcel go?"""
    regency = opened.answers.regency
    return ask(opened, show, "alamat", "shop/alamat.html", place=places.name_of(regency) if regency else "")


@pages.post("/pesan/{draft}/alamat")
@stands_for("orders_create", Role.CONSUMER)
async def keep_address(form: Annotated[AddressForm, Form()], opened: CurrentDraft, session: Session) -> Response:
    """Who receives it, street and number; the town is that for which the price was calculated."""
    await opened.change(session, recipient=form.recipient, street=form.street)
    return see(opened.next())
