"""What somebody has said about themselves and may take back: name, language, consents."""

from typing import Annotated, Literal

from fastapi import Form, Response
from pydantic import Field

from clothingline.accounts import queries, service
from clothingline.accounts.devices import list_devices
from clothingline.accounts.door import CLOSED
from clothingline.accounts.pages import YEAR_SECONDS
from clothingline.accounts.schemas import Purpose
from clothingline.kit.clock import business_now
from clothingline.kit.http.plain import Line
from clothingline.kit.http.route import CurrentCaller, Session
from clothingline.kit.page import LARGEST, Window
from clothingline.web.forms import PageForm
from clothingline.web.route import open_to, page_router, public
from clothingline.web.showing import LANGUAGE, Show, see
from clothingline.web.words import later

ALL = Window(limit=LARGEST)
PURPOSES = {
    "measurements": later("Ukuran badan: dipakai penjahit untuk menjahit pesanan Anda"),
    "order_contact": later("Kabar: pesan tentang pesanan Anda"),
    "credit_evidence": later("Bukti penghasilan: dibagikan ke bank yang Anda pilih"),
}

pages = page_router()


class ProfileForm(PageForm):
    """Name, and the language in which messages come."""

    name: Annotated[Line, Field(max_length=80)]
    language: Literal["id", "en"]


@pages.get("/profil")
@open_to()
async def show_profile(session: Session, caller: CurrentCaller, show: Show) -> Response:
    """Who I am here, and which devices are signed in."""
    account = await queries.get_account(session, caller.person)
    devices = await list_devices(session, caller)
    keys = await queries.list_passkeys(session, caller.person)
    return show("accounts/profile.html", account=account, devices=devices, passkeys=keys)


@pages.post("/profil")
@open_to()
async def change_profile(form: Annotated[ProfileForm, Form()], session: Session, caller: CurrentCaller) -> Response:
    """Another name or language; the pages follow the language."""
    await service.rename(session, account_id=caller.person, name=form.name, language=form.language)
    answer = see("/profil", later("Profil tersimpan."))
    answer.set_cookie(LANGUAGE, form.language, max_age=YEAR_SECONDS, **CLOSED)
    return answer


@pages.get("/privasi")
@public
async def show_privacy(session: Session, caller: CurrentCaller, show: Show) -> Response:
    """What is kept, who sees it, for how long; with one's own consents for whoever is signed in."""
    own = caller.account is not None
    given = (await queries.list_consents(session, caller.person, asked=ALL)).rows if own else []
    return show("accounts/privacy.html", consents=given, purposes=PURPOSES)


@pages.post("/privasi/tarik/{purpose}")
@open_to()
async def withdraw(purpose: Purpose, session: Session, caller: CurrentCaller) -> Response:
    """Take a consent back. Raises `ConsentUnknown`."""
    now = await business_now(session)
    await service.withdraw_consent(session, account_id=caller.person, purpose=purpose, now=now)
    return see("/privasi", later("Persetujuan ditarik dan berlaku sekarang juga."))
