"""Rows of accounts. The caller's own rows only, except for the programme's staff."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.errors import ApiTokenUnknown, ConsentUnknown, PasskeyUnknown, SessionUnknown
from clothingline.accounts.models import (
    Account,
    ApiToken,
    Consent,
    DeviceSession,
    Organisation,
    Passkey,
    RoleHeld,
    SignInCode,
)
from clothingline.kit.access import Caller, Membership, Question, Role
from clothingline.kit.clock import business_time
from clothingline.kit.page import Page, Window, take

# One row always. The account that asks, or an empty one, stands in the transaction's settings for what follows.
_BEARER = """
    SELECT set_config('clothingline.account', coalesce(account.id::text, ''), true), account.language,
           account.name, bearer.session_id,
           coalesce(array_agg(role_held.role || ' ' || coalesce(role_held.organisation_id::text, ''))
                    FILTER (WHERE role_held.id IS NOT NULL), '{}') AS roles
      FROM (VALUES (%s::bytea)) AS given (hash)
      LEFT JOIN LATERAL
           (SELECT account_id, id AS session_id FROM device_session
             WHERE token_hash = given.hash AND revoked_at IS NULL AND expires_at > business_now()
            UNION ALL
            SELECT account_id, NULL FROM api_token
             WHERE token_hash = given.hash AND revoked_at IS NULL AND expires_at > business_now()) AS bearer ON true
      LEFT JOIN account ON account.id = bearer.account_id AND account.disabled_at IS NULL
      LEFT JOIN role_held ON role_held.account_id = account.id
     GROUP BY account.id, account.language, account.name, bearer.session_id
"""


def who_holds(token_hash: bytes, *, otherwise: Caller) -> Question:
    """Who holds this token, with all roles; `otherwise` for an unknown, expired or revoked one."""
    return Question(_BEARER, (token_hash,), lambda row: _caller(*row) if row and row[0] else otherwise)


def _caller(account: str, language: str, name: str, session_id: UUID | None, roles: list[str]) -> Caller:
    return Caller(UUID(account), tuple(map(_membership, roles)), session_id, language, name)


def _membership(words: str) -> Membership:
    role, _, organisation = words.partition(" ")
    return Membership(Role(role), UUID(organisation) if organisation else None)


async def get_account(session: AsyncSession, account_id: UUID) -> Account:
    """The account of a caller, which exists because the caller is signed in."""
    return await session.get_one(Account, account_id)


async def get_account_for_update(session: AsyncSession, account_id: UUID) -> Account:
    """The same, locked and read anew."""
    query = select(Account).where(Account.id == account_id).with_for_update(key_share=True)
    return (await session.scalars(query.execution_options(populate_existing=True))).one()


async def find_account(session: AsyncSession, phone: str) -> Account | None:
    """The account with this phone number."""
    return await session.scalar(select(Account).where(Account.phone == phone))


async def list_accounts(session: AsyncSession, *, asked: Window) -> Page[Account]:
    """All accounts, newest first."""
    return await take(session, select(Account), key=Account.id, asked=asked)


async def roles_of(session: AsyncSession, account_ids: list[UUID]) -> dict[UUID, list[RoleHeld]]:
    """Roles by account, in one statement."""
    found: dict[UUID, list[RoleHeld]] = {account_id: [] for account_id in account_ids}
    for role in await session.scalars(
        select(RoleHeld).where(RoleHeld.account_id.in_(account_ids)).order_by(RoleHeld.id)
    ):
        found[role.account_id].append(role)
    return found


async def memberships_of(session: AsyncSession, account_id: UUID) -> tuple[Membership, ...]:
    """What the roles of an account allow, as a caller has it."""
    roles = (await roles_of(session, [account_id]))[account_id]
    return tuple(Membership(Role(one.role), one.organisation_id) for one in roles)


async def find_organisation(session: AsyncSession, organisation_id: UUID) -> Organisation | None:
    """An organisation of any kind."""
    return await session.get(Organisation, organisation_id)


async def names_of(session: AsyncSession, organisation_ids: Collection[UUID]) -> dict[UUID, str]:
    """Names of organisations by id, in one statement."""
    query = select(Organisation.id, Organisation.name).where(Organisation.id.in_(organisation_ids))
    return {row.id: row.name for row in await session.execute(query)}


async def contacts_of(session: AsyncSession, organisation_id: UUID) -> list[Account]:
    """The people who act for an organisation, oldest account first."""
    members = select(RoleHeld.account_id).where(RoleHeld.organisation_id == organisation_id)
    return list(await session.scalars(select(Account).where(Account.id.in_(members)).order_by(Account.id)))


async def find_live_code(session: AsyncSession, phone: str) -> SignInCode | None:
    """The newest code request of a phone that may still be used, locked."""
    query = (
        select(SignInCode)
        .where(SignInCode.phone == phone, SignInCode.used_at.is_(None), SignInCode.expires_at > business_time())
        .order_by(SignInCode.id.desc())
        .limit(1)
        .with_for_update()
    )
    return await session.scalar(query)


async def list_sessions(session: AsyncSession, account_id: UUID, *, asked: Window) -> Page[DeviceSession]:
    """The caller's signed-in devices."""
    query = select(DeviceSession).where(
        DeviceSession.account_id == account_id,
        DeviceSession.revoked_at.is_(None),
        DeviceSession.expires_at > business_time(),
    )
    return await take(session, query, key=DeviceSession.id, asked=asked)


async def get_session(session: AsyncSession, session_id: UUID, account_id: UUID) -> DeviceSession:
    """One device of the caller; raises `SessionUnknown`."""
    query = select(DeviceSession).where(
        DeviceSession.id == session_id, DeviceSession.account_id == account_id, DeviceSession.revoked_at.is_(None)
    )
    found = await session.scalar(query.with_for_update())
    if found is None:
        raise SessionUnknown
    return found


async def list_other_sessions_for_update(
    session: AsyncSession, account_id: UUID, keep: UUID | None
) -> Sequence[DeviceSession]:
    """The caller's signed-in devices but for one; locked, always in the same order."""
    query = select(DeviceSession).where(
        DeviceSession.account_id == account_id,
        DeviceSession.revoked_at.is_(None),
        DeviceSession.expires_at > business_time(),
        DeviceSession.id.is_distinct_from(keep),
    )
    return (await session.scalars(query.order_by(DeviceSession.id).with_for_update())).all()


async def list_passkeys(session: AsyncSession, account_id: UUID) -> Sequence[Passkey]:
    """The caller's passkeys, newest first; at most 50."""
    query = select(Passkey).where(Passkey.account_id == account_id).order_by(Passkey.id.desc()).limit(50)
    return (await session.scalars(query)).all()


async def get_passkey(session: AsyncSession, passkey_id: UUID, account_id: UUID) -> Passkey:
    """One passkey of the caller. Raises `PasskeyUnknown`."""
    found = await session.scalar(select(Passkey).where(Passkey.id == passkey_id, Passkey.account_id == account_id))
    if found is None:
        raise PasskeyUnknown
    return found


async def find_passkey_for_update(session: AsyncSession, credential_id: bytes) -> Passkey | None:
    """The key with this id of its device's, locked."""
    query = select(Passkey).where(Passkey.credential_id == credential_id).with_for_update()
    return await session.scalar(query.execution_options(populate_existing=True))


async def list_api_tokens(session: AsyncSession, account_id: UUID, *, asked: Window) -> Page[ApiToken]:
    """The caller's tokens for programs, without the revoked ones."""
    query = select(ApiToken).where(ApiToken.account_id == account_id, ApiToken.revoked_at.is_(None))
    return await take(session, query, key=ApiToken.id, asked=asked)


async def get_api_token(session: AsyncSession, token_id: UUID, account_id: UUID) -> ApiToken:
    """One token of the caller; raises `ApiTokenUnknown`."""
    query = select(ApiToken).where(
        ApiToken.id == token_id, ApiToken.account_id == account_id, ApiToken.revoked_at.is_(None)
    )
    found = await session.scalar(query.with_for_update())
    if found is None:
        raise ApiTokenUnknown
    return found


async def list_consents(session: AsyncSession, account_id: UUID, *, asked: Window) -> Page[Consent]:
    """Everything the caller has ever consented to."""
    return await take(session, select(Consent).where(Consent.account_id == account_id), key=Consent.id, asked=asked)


async def find_consent(session: AsyncSession, account_id: UUID, purpose: str) -> Consent | None:
    """The consent that is in force for a purpose, locked."""
    query = select(Consent).where(
        Consent.account_id == account_id, Consent.purpose == purpose, Consent.withdrawn_at.is_(None)
    )
    return await session.scalar(query.with_for_update())


async def get_consent(session: AsyncSession, account_id: UUID, purpose: str) -> Consent:
    """The consent in force; raises `ConsentUnknown`."""
    found = await find_consent(session, account_id, purpose)
    if found is None:
        raise ConsentUnknown
    return found
