"""Accounts of the pilot, and the organisations for which they act."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.models import Account, RoleHeld
from clothingline.accounts.secrets import phone_number
from clothingline.accounts.service import open_account
from clothingline.brands.models import Brand
from clothingline.kit.access import Membership, Role
from clothingline.pilot import rows
from clothingline.sentra.models import Sentra
from clothingline.suppliers.models import Supplier


@dataclass(frozen=True)
class Enrolment:
    """A person with one role; the organisation is None for consumers and staff of the programme."""

    name: str
    phone: str
    role: Role
    organisation: UUID | None = None


async def add_accounts(session: AsyncSession) -> int:
    """Accounts of owners and staff of brands, of suppliers, of the programme and of consumers; how many were opened."""
    wanted = [*await _of_brands(session), *await _of_suppliers(session), *await _of_the_programme(session)]
    return await enrol(session, wanted)


async def _of_brands(session: AsyncSession) -> list[Enrolment]:
    brands = await ids_by_slug(session, Brand)
    return [
        *(Enrolment(one.owner, one.phone, Role.BRAND_OWNER, brands[one.slug]) for one in rows.brands().values()),
        *(Enrolment(one.name, one.phone, Role.BRAND_STAFF, brands[one.brand]) for one in rows.brand_staff().values()),
    ]


async def _of_suppliers(session: AsyncSession) -> list[Enrolment]:
    sellers = await ids_by_slug(session, Supplier)
    return [Enrolment(one.owner, one.phone, Role.SUPPLIER, sellers[one.slug]) for one in rows.suppliers().values()]


async def _of_the_programme(session: AsyncSession) -> list[Enrolment]:
    sentra = await ids_by_slug(session, Sentra)
    return [
        Enrolment(one.name, one.phone, Role(one.role), sentra[one.sentra] if one.sentra else None)
        for one in rows.people().values()
    ]


async def ids_by_slug(session: AsyncSession, table: type[Brand] | type[Supplier] | type[Sentra]) -> dict[str, UUID]:
    """Ids of all rows of a table of parties by their slug."""
    return dict((await session.execute(select(table.slug, table.id))).all())


async def enrol(session: AsyncSession, people: Iterable[Enrolment]) -> int:
    """Open the accounts that are missing, and give the missing roles to those that stand; how many were opened."""
    wanted = {phone_number(one.phone): one for one in people}
    held = await _roles_by_phone(session, wanted)
    for phone, one in wanted.items():
        if phone in held:
            _give_role(session, one, *held[phone])
        else:
            role = Membership(one.role, one.organisation)
            await open_account(session, phone=phone, name=one.name, memberships=[role])
    await session.flush()
    return len(wanted.keys() - held.keys())


def _give_role(session: AsyncSession, one: Enrolment, account_id: UUID, roles: set[tuple[str, UUID | None]]) -> None:
    if (one.role.value, one.organisation) not in roles:
        session.add(RoleHeld(account_id=account_id, role=one.role.value, organisation_id=one.organisation))


async def _roles_by_phone(
    session: AsyncSession, phones: Iterable[str]
) -> dict[str, tuple[UUID, set[tuple[str, UUID | None]]]]:
    found: dict[str, tuple[UUID, set[tuple[str, UUID | None]]]] = {}
    query = (
        select(Account.phone, Account.id, RoleHeld.role, RoleHeld.organisation_id)
        .outerjoin(RoleHeld, RoleHeld.account_id == Account.id)
        .where(Account.phone.in_(list(phones)))
    )
    for phone, account_id, role, organisation in await session.execute(query):
        found.setdefault(phone, (account_id, set()))[1].add((role, organisation))
    return found


async def tailors_by_phone(session: AsyncSession) -> dict[str, UUID]:
    """Ids of the pilot's workshops by the phone of their owner, as it is written in the data."""
    written = {phone_number(phone): phone for phone in rows.tailors()}
    query = (
        select(Account.phone, RoleHeld.organisation_id)
        .join(RoleHeld, RoleHeld.account_id == Account.id)
        .where(Account.phone.in_(list(written)), RoleHeld.role == Role.TAILOR.value)
        .order_by(RoleHeld.id.desc())
    )
    return {written[phone]: workshop for phone, workshop in await session.execute(query) if workshop is not None}
