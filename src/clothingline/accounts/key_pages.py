"""Passkeys on pages: a key of this device, made on the profile, opens the door without a code."""

from typing import Annotated
from uuid import UUID

from fastapi import Form, Request, Response
from fastapi.responses import JSONResponse
from pydantic import Field

from clothingline.accounts import ceremonies, queries, service
from clothingline.accounts.ceremonies import Place
from clothingline.accounts.door import count_proof, let_in
from clothingline.accounts.pages import home_of, own_path
from clothingline.accounts.schemas import PasskeyId
from clothingline.kit.clock import business_now
from clothingline.kit.http.plain import Line
from clothingline.kit.http.route import CurrentCaller, Session, secret_answer
from clothingline.kit.http.site import site_of
from clothingline.web.forms import PageForm
from clothingline.web.route import open_to, page_router, public
from clothingline.web.showing import see
from clothingline.web.words import later

pages = page_router()


class KeyForm(PageForm):
    """What a device has made of a challenge (JSON of the browser)."""

    challenge: UUID
    credential: str = Field(max_length=20_000)


class NewKeyForm(KeyForm):
    """A new key, and what its owner calls the device."""

    name: Annotated[Line, Field(max_length=80)]


class ProofForm(KeyForm):
    """A proof, and where its owner wanted to go."""

    lanjut: str | None = None


def _place(request: Request) -> Place:
    site = site_of(request)
    return Place(site.host, site.origin)


@pages.post("/profil/kunci/mulai")
@open_to()
async def begin_adding(request: Request, session: Session, caller: CurrentCaller) -> Response:
    """What the browser is asked, to make a key for the caller."""
    now = await business_now(session)
    challenge = await service.begin_ceremony(session, account_id=caller.person, now=now)
    account = await queries.get_account(session, caller.person)
    known = await queries.list_passkeys(session, caller.person)
    options = ceremonies.ask_for_key(_place(request), challenge, account, known)
    return JSONResponse({"challenge": str(challenge), "options": options})


@pages.post("/profil/kunci")
@open_to()
async def add_key(
    form: Annotated[NewKeyForm, Form()], request: Request, session: Session, caller: CurrentCaller
) -> Response:
    """The key is known from now on."""
    await service.add_passkey(
        session,
        account_id=caller.person,
        challenge_id=form.challenge,
        credential=form.credential,
        place=_place(request),
        name=form.name,
    )
    return see("/profil", later("Kunci tersimpan. Lain kali masuk tanpa kode."))


@pages.post("/profil/kunci/{passkey_id}/hapus")
@open_to()
async def remove_key(passkey_id: PasskeyId, session: Session, caller: CurrentCaller) -> Response:
    """The key opens nothing any more. Raises `PasskeyUnknown`."""
    await service.remove_passkey(session, passkey_id=passkey_id, account_id=caller.person)
    return see("/profil", later("Kunci dihapus."))


@pages.post("/masuk/kunci/mulai")
@public
async def begin_signing_in(request: Request, session: Session) -> Response:
    """What the browser is asked, to sign in with a key."""
    await count_proof(session, request)
    challenge = await service.begin_ceremony(session, account_id=None, now=await business_now(session))
    options = ceremonies.ask_for_proof(_place(request), challenge)
    return JSONResponse({"challenge": str(challenge), "options": options})


@pages.post("/masuk/kunci")
@public
@secret_answer
async def sign_in(form: Annotated[ProofForm, Form()], request: Request, session: Session) -> Response:
    """In, and on to where its owner wanted to go."""
    account = await service.use_passkey(
        session, challenge_id=form.challenge, credential=form.credential, place=_place(request)
    )
    home = home_of(await queries.memberships_of(session, account.id))
    return await let_in(see(own_path(form.lanjut) or home), request, session, account)
