"""A seller with a tax profile, and an officer, as rows."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.models import Account
from clothingline.kit.access import Reach, Role
from clothingline.taxes import service
from clothingline.taxes.models import TaxDeclaration
from tests.parties import make_tailor

NIK = "3273014507850001"
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
STAFF = Reach(everything=True)


@dataclass(frozen=True)
class Office:
    """Ids of a seller, of the account that acts for it, and of an officer."""

    seller: UUID
    owner: UUID
    officer: UUID
    role: Role = Role.TAILOR

    @property
    def reach(self) -> Reach:
        """What the seller may touch."""
        return Reach(organisations={self.role: frozenset({self.seller})})

    async def register(self, session: AsyncSession, *, kind: str = "person") -> None:
        """Enter the tax number."""
        await service.register(
            session,
            organisation_id=self.seller,
            kind=kind,
            taxpayer=NIK,
            address="Jl. Kenari 3, Cimahi",
            reach=self.reach,
            by=self.owner,
        )

    async def give(self, session: AsyncSession, **given: Any) -> TaxDeclaration:
        """Declare to be exempt in 2026."""
        values = {
            "organisation_id": None,
            "kind": "under_500m",
            "valid_from": FIRST,
            "valid_until": LAST,
            "evidence": "Surat pernyataan 2 Januari 2026",
        }
        return await service.give_declaration(session, **(values | given), reach=self.reach, by=self.owner)

    async def confirm(self, session: AsyncSession, row: TaxDeclaration, by: UUID | None = None) -> TaxDeclaration:
        """Let the officer, or another, confirm it."""
        return await service.confirm_declaration(session, declaration_id=row.id, reach=STAFF, by=by or self.officer)


async def open_office(session: AsyncSession) -> Office:
    """A tailor without a tax number yet."""
    tailor = await make_tailor(session)
    people = [Account(phone=f"+62{uuid4().int % 10**11}", name=name) for name in ("Siti Rahayu", "Dewi Lestari")]
    session.add_all(people)
    await session.flush()
    return Office(tailor.id, people[0].id, people[1].id)
