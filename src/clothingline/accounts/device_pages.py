"""Signing devices out on pages: one of them, or all but this for whoever has lost a phone; on a profile, and on /t."""

from fastapi import Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts import queries, service
from clothingline.accounts.devices import list_devices
from clothingline.accounts.door import SIGNED_OUT, let_out
from clothingline.accounts.schemas import SessionId
from clothingline.kit.access import Caller, Role
from clothingline.kit.clock import business_now
from clothingline.kit.http.route import CurrentCaller, Session
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import Show, see
from clothingline.web.words import later

PROFILE, TAILOR = "/profil", "/t/saya/perangkat"

pages = page_router()


@pages.get(TAILOR)
@stands_for("sessions_list", Role.TAILOR)
async def show_devices(session: Session, caller: CurrentCaller, show: Show) -> Response:
    """On which devices a tailor is signed in."""
    devices = await list_devices(session, caller)
    return show("accounts/devices.html", devices=devices, passkeys=await queries.list_passkeys(session, caller.person))


@pages.post(PROFILE + "/perangkat/keluar-semua")
@stands_for("sessions_revoke")
async def sign_out_others(session: Session, caller: CurrentCaller) -> Response:
    """Every other device is signed out at once."""
    return await _sign_out_others(session, caller, PROFILE)


@pages.post(TAILOR + "/keluar-semua")
@stands_for("sessions_revoke", Role.TAILOR)
async def sign_out_others_of_tailor(session: Session, caller: CurrentCaller) -> Response:
    """Every other device is signed out at once."""
    return await _sign_out_others(session, caller, TAILOR)


async def _sign_out_others(session: AsyncSession, caller: Caller, home: str) -> Response:
    now = await business_now(session)
    ended = await service.revoke_other_sessions(session, keep=caller.session, account_id=caller.person, now=now)
    if not ended:
        return see(home, later("Tidak ada perangkat lain yang masuk."))
    if ended == 1:
        return see(home, later("Satu perangkat lain sudah keluar."))
    return see(home, later("%(n)s perangkat lain sudah keluar."), n=ended)


@pages.post(PROFILE + "/perangkat/{session_id}/keluar")
@stands_for("sessions_revoke")
async def sign_out_device(session_id: SessionId, request: Request, session: Session, caller: CurrentCaller) -> Response:
    """A device is signed out at once; this one forgets what it kept. Raises `SessionUnknown`."""
    return await _sign_out(session_id, request, session, caller, PROFILE)


@pages.post(TAILOR + "/{session_id}/keluar")
@stands_for("sessions_revoke", Role.TAILOR)
async def sign_out_device_of_tailor(
    session_id: SessionId, request: Request, session: Session, caller: CurrentCaller
) -> Response:
    """A device is signed out at once; this one forgets what it kept. Raises `SessionUnknown`."""
    return await _sign_out(session_id, request, session, caller, TAILOR)


async def _sign_out(
    session_id: SessionId, request: Request, session: AsyncSession, caller: Caller, home: str
) -> Response:
    now = await business_now(session)
    await service.revoke_session(session, session_id=session_id, account_id=caller.person, now=now)
    if session_id == caller.session:
        return let_out(see("/", SIGNED_OUT), request)
    return see(home, later("Perangkat itu sudah keluar."))
