"""The door: codes by the rules of the settings, and the cookie by which a browser is signed in."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import AfterValidator
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import Response

from clothingline.accounts import service
from clothingline.accounts.devices import name_of
from clothingline.accounts.models import Account, SignInCode
from clothingline.kit import pace
from clothingline.kit.clock import business_now
from clothingline.kit.http.sender import address_of
from clothingline.kit.http.site import site_of
from clothingline.kit.pace import Pace
from clothingline.settings import settings
from clothingline.web.words import later

COOKIE = "sesi"
SIGNED_OUT: Final = later("Anda sudah keluar.")
CLOSED: Final[Mapping[str, Any]] = {"httponly": True, "samesite": "lax"}
"""A cookie that no script reads and that no other site sends; the edge lets it travel encrypted only."""
TypedCode = Annotated[str, AfterValidator(lambda typed: re.sub(r"\D", "", typed))]
"""A code as people type it from a message: its digits."""


async def send_code(session: AsyncSession, phone: str, request: Request, *, language: str) -> SignInCode:
    """Ask for a one-time code for a number in its one form, so often as number, address and all together may.

    `language`: what the person reads now, for the message.

    Raises `TooOften`, whoever the number belongs to.
    """
    paces, now, rules = settings().paces, await business_now(session), settings().sign_in
    code = await service.request_code(session, phone=phone, now=now, rules=rules, language=language)
    await pace.keep(session, Pace("codes", paces.codes), address_of(request))
    await pace.keep(session, Pace("codes of all", paces.codes_of_all), pace.EVERYBODY)
    return code


async def count_proof(session: AsyncSession, request: Request) -> None:
    """Count one try to sign in by something else than a code, before it is judged. Raises `TooOften`."""
    await pace.keep(session, Pace("proofs", settings().paces.proofs), address_of(request))


async def count_password(session: AsyncSession, phone: str, request: Request) -> None:
    """Count one try of a password for a number, before it is judged. Raises `TooOften`, known number or not."""
    await count_proof(session, request)
    await pace.keep(session, Pace("passwords", settings().paces.passwords), phone)


async def count_guess(session: AsyncSession, phone: str) -> UUID | None:
    """Count one guess at the code of a number before it is judged; None when no guess is left."""
    return await service.count_guess(session, phone=phone, guesses=settings().sign_in.guesses)


async def let_in(answer: Response, request: Request, session: AsyncSession, account: Account) -> Response:
    """The same answer, by which this device is signed in from now on."""
    now, days = await business_now(session), settings().sign_in.session_days
    _, token = await service.open_session(session, account=account, device=_device(request), now=now, days=days)
    answer.set_cookie(cookie_of(request), token, max_age=days * 24 * 3600, **CLOSED)
    return answer


def cookie_of(request: Request) -> str:
    """What the cookie of a session is called: where pages are encrypted, no other host can set one of that name."""
    return f"__Host-{COOKIE}" if site_of(request).encrypted else COOKIE


def let_out(answer: Response, request: Request) -> Response:
    """The same answer, by which the browser forgets who was signed in and everything that it kept of them."""
    answer.delete_cookie(cookie_of(request))
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def _device(request: Request) -> str:
    return name_of(request.headers.get("user-agent", ""))[:80] or "peramban"
