"""Opening an account and changing what stands in it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts import queries
from clothingline.accounts.errors import OrganisationUnknown, PhoneTaken
from clothingline.accounts.events import AccountOpened, PartyFounded
from clothingline.accounts.models import Account, Organisation, RoleHeld
from clothingline.kit.access import Membership, Role
from clothingline.kit.events import emit


async def open_account(
    session: AsyncSession,
    *,
    phone: str,
    name: str,
    memberships: Sequence[Membership],
    by: UUID | None = None,
) -> Account:
    """A new account with its roles. Raises `PhoneTaken` or `OrganisationUnknown`."""
    account = Account(phone=phone, name=name, language="id")
    await _add_once(session, account)
    for one in memberships:
        await _join(session, account, one)
    await emit(session, AccountOpened(account.id), by=by or account.id, audience=[account.id])
    return account


async def _add_once(session: AsyncSession, account: Account) -> None:
    session.add(account)
    try:
        await session.flush()
    except IntegrityError as error:
        raise PhoneTaken from error


async def _join(session: AsyncSession, account: Account, one: Membership) -> None:
    if one.organisation and await queries.find_organisation(session, one.organisation) is None:
        raise OrganisationUnknown
    session.add(RoleHeld(account_id=account.id, role=one.role.value, organisation_id=one.organisation))


async def found_party(session: AsyncSession, *, kind: str, name: str, role: Role, by: UUID) -> Organisation:
    """A new party of a kind of the trade, for which the account `by` acts from now on."""
    party = Organisation(kind=kind, name=name)
    session.add(party)
    await session.flush()
    session.add(RoleHeld(account_id=by, role=role.value, organisation_id=party.id))
    await session.flush()
    await emit(session, PartyFounded(party.id), by=by, audience=[by])
    return party


async def rename(session: AsyncSession, *, account_id: UUID, name: str | None, language: str | None) -> Account:
    """Change name or language of the caller's account."""
    account = await queries.get_account(session, account_id)
    account.name, account.language = name or account.name, language or account.language
    await session.flush()
    return account


async def rename_organisation(session: AsyncSession, *, organisation_id: UUID, name: str) -> None:
    """Change the name of a party; the caller has found that it may."""
    organisation = await session.get_one(Organisation, organisation_id)
    organisation.name = name
    await session.flush()


async def set_password(session: AsyncSession, *, account_id: UUID, password_hash: str) -> None:
    """Set the optional password; the hash is made outside of the transaction's thread."""
    account = await queries.get_account(session, account_id)
    account.password_hash = password_hash
    await session.flush()
