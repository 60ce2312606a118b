"""One-time codes, passwords and device sessions."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts import queries, secrets
from clothingline.accounts.errors import CodeWrong
from clothingline.accounts.events import SessionRevoked, SignedIn, SignInCodeRequested
from clothingline.accounts.models import Account, DeviceSession, SignInCode
from clothingline.accounts.service.opening import open_account
from clothingline.kit import pace
from clothingline.kit.access import Membership, Role
from clothingline.kit.clock import business_time
from clothingline.kit.events import emit
from clothingline.kit.pace import Pace
from clothingline.settings import SignInSettings


async def request_code(
    session: AsyncSession, *, phone: str, now: datetime, rules: SignInSettings, language: str = "id"
) -> SignInCode:
    """Ask for a one-time code; the message itself is sent by a job, in this language. Raises `TooOften`."""
    await pace.keep(session, Pace("codes of a number", rules.codes_per_hour), phone)
    code = SignInCode(phone=phone, expires_at=now + timedelta(minutes=rules.code_minutes), language=language)
    session.add(code)
    await session.flush()
    await emit(session, SignInCodeRequested(code.id))
    return code


async def count_guess(session: AsyncSession, *, phone: str, guesses: int) -> UUID | None:
    """Count one guess against the live code of a phone, before it is judged; None when no guess is left."""
    code = await queries.find_live_code(session, phone)
    if code is None:
        return None
    statement = (
        update(SignInCode)
        .where(SignInCode.id == code.id, SignInCode.guesses < guesses)
        .values(guesses=SignInCode.guesses + 1)
        .returning(SignInCode.id)
    )
    return (await session.execute(statement)).scalar_one_or_none()


async def use_code(session: AsyncSession, *, phone: str, code_id: UUID | None, given: str, name: str | None) -> Account:
    """The account that a right code opens, made on first sign-in. Raises `CodeWrong`.

    A code opens only the number to which it was sent, whatever number stands in the request by now.
    """
    if code_id is None or not secrets.same(given, secrets.one_time_code(code_id)):
        raise CodeWrong
    asked = (SignInCode.id == code_id, SignInCode.phone == phone)
    statement = (
        update(SignInCode)
        .where(*asked, SignInCode.used_at.is_(None), SignInCode.expires_at > business_time())
        .values(used_at=business_time())
        .returning(SignInCode.id)
    )
    if (await session.execute(statement)).scalar_one_or_none() is None:
        raise CodeWrong
    return await _known_or_new(session, phone, name)


async def _known_or_new(session: AsyncSession, phone: str, name: str | None) -> Account:
    account = await queries.find_account(session, phone)
    if account is not None and account.disabled_at is not None:
        raise CodeWrong
    if account is not None:
        return account
    return await open_account(session, phone=phone, name=name or phone, memberships=[Membership(Role.CONSUMER)])


async def check_password(session: AsyncSession, *, phone: str, fits: bool) -> Account:
    """The account of a phone whose password was found to fit. Raises `CodeWrong`."""
    account = await queries.find_account(session, phone)
    if not fits or account is None or account.disabled_at is not None:
        raise CodeWrong
    return account


async def open_session(
    session: AsyncSession, *, account: Account, device: str, now: datetime, days: int
) -> tuple[DeviceSession, str]:
    """Sign a device in; returns the row and the token, which is shown this once."""
    token = secrets.new_token(secrets.SESSION_PREFIX)
    row = DeviceSession(
        account_id=account.id,
        token_hash=secrets.token_hash(token),
        device=device,
        expires_at=now + timedelta(days=days),
        created_at=now,
    )
    session.add(row)
    await session.flush()
    await emit(session, SignedIn(account.id, row.id), by=account.id, audience=[account.id])
    return row, token


async def revoke_session(session: AsyncSession, *, session_id: UUID, account_id: UUID, now: datetime) -> None:
    """Sign a device out; its token ends with this transaction. Raises `SessionUnknown`."""
    row = await queries.get_session(session, session_id, account_id)
    row.revoked_at = now
    await emit(session, SessionRevoked(account_id, row.id), by=account_id, audience=[account_id])


async def revoke_other_sessions(session: AsyncSession, *, keep: UUID | None, account_id: UUID, now: datetime) -> int:
    """Sign out every device of a person but one, and say how many; their tokens end with this transaction."""
    others = await queries.list_other_sessions_for_update(session, account_id, keep)
    for row in others:
        row.revoked_at = now
        await emit(session, SessionRevoked(account_id, row.id), by=account_id, audience=[account_id])
    return len(others)
