"""Why nothing is withheld from a seller: given by the seller, confirmed by another, ended by its last day."""

import calendar
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Reach
from clothingline.kit.errors import Invalid
from clothingline.kit.events import emit
from clothingline.kit.states import move
from clothingline.taxes import queries
from clothingline.taxes.errors import (
    OnlyForPersons,
    OwnTaxDeclaration,
    TaxDeclarationNotWaiting,
    TaxDeclarationOverlaps,
)
from clothingline.taxes.events import (
    TaxDeclarationConfirmed,
    TaxDeclarationCut,
    TaxDeclarationEnded,
    TaxDeclarationGiven,
    TaxDeclarationRefused,
)
from clothingline.taxes.models import TAX_DECLARATION, TaxDeclaration
from clothingline.taxes.service.registering import seller_of

FREE_A_YEAR_IDR: Final = 500_000_000  # PP 55/2022: turnover of a natural person that stays untaxed


async def give_declaration(
    session: AsyncSession,
    *,
    organisation_id: UUID | None,
    kind: str,
    valid_from: date,
    valid_until: date,
    evidence: str,
    reach: Reach,
    by: UUID,
) -> TaxDeclaration:
    """A declaration that waits for an officer.

    Raises `SellerNotFound`, `TaxProfileNotFound`, `OnlyForPersons` or `Invalid`.
    """
    seller = seller_of(organisation_id, reach)
    profile = await queries.get_profile(session, seller, reach)
    if kind == "under_500m" and profile.kind != "person":
        raise OnlyForPersons
    if valid_until < valid_from:
        raise Invalid("/valid_until", "Harus pada atau sesudah hari pertama", "This must not come before the first day")
    row = TaxDeclaration(organisation_id=seller, kind=kind, evidence=evidence, given_by=by, state="given", state_by=by)
    row.valid_from, row.valid_until = valid_from, valid_until
    session.add(row)
    await session.flush()
    await emit(session, TaxDeclarationGiven(row.id, seller), by=by, audience=[seller])
    return row


async def confirm_declaration(session: AsyncSession, *, declaration_id: UUID, reach: Reach, by: UUID) -> TaxDeclaration:
    """From its first day on nothing is withheld.

    Raises `OwnTaxDeclaration`, `TaxDeclarationNotWaiting` or `TaxDeclarationOverlaps`.
    """
    asked = await queries.get_declaration(session, declaration_id, reach)
    await queries.get_profile_for_update(session, asked.organisation_id)
    if asked.given_by == by:
        raise OwnTaxDeclaration
    other = await queries.find_overlapping(session, asked)
    if other is not None and other.id != asked.id:
        raise TaxDeclarationOverlaps(valid_until=other.valid_until)
    row = await _decide(session, "confirm", asked, by, confirmed_by=by)
    await emit(session, TaxDeclarationConfirmed(row.id, row.organisation_id), by=by, audience=[row.organisation_id])
    return row


async def refuse_declaration(
    session: AsyncSession, *, declaration_id: UUID, reason: str, reach: Reach, by: UUID
) -> TaxDeclaration:
    """The declaration does not hold; the seller reads why. Raises `TaxDeclarationNotWaiting`."""
    asked = await queries.get_declaration(session, declaration_id, reach)
    row = await _decide(session, "refuse", asked, by, reason=reason)
    await emit(session, TaxDeclarationRefused(row.id, row.organisation_id), by=by, audience=[row.organisation_id])
    return row


async def _decide(
    session: AsyncSession, event: str, asked: TaxDeclaration, by: UUID, **values: object
) -> TaxDeclaration:
    moved = await move(session, TAX_DECLARATION, TaxDeclaration, event, TaxDeclaration.id == asked.id, by=by, **values)
    if not moved:
        raise TaxDeclarationNotWaiting(state=asked.state)
    return moved[0]


async def note_turnover(session: AsyncSession, *, organisation_id: UUID, year_idr: int, on: date) -> bool:
    """A seller has earned so much this year. Above Rp 500 million its exemption ends with the month.

    Returns whether it was cut now.
    """
    if year_idr <= FREE_A_YEAR_IDR:
        return False
    last = on.replace(day=calendar.monthrange(on.year, on.month)[1])
    statement = (
        update(TaxDeclaration)
        .where(
            TaxDeclaration.organisation_id == organisation_id,
            TaxDeclaration.kind == "under_500m",
            TaxDeclaration.state == "confirmed",
            TaxDeclaration.valid_from <= on,
            TaxDeclaration.valid_until > last,
        )
        .values(valid_until=last)
        .returning(TaxDeclaration.id)
        .execution_options(synchronize_session=False)
    )
    cut = await session.scalar(statement)
    if cut is not None:
        await emit(session, TaxDeclarationCut(cut, organisation_id), audience=[organisation_id])
    return cut is not None


async def end_declaration(session: AsyncSession, *, declaration_id: UUID, today: date) -> bool:
    """Its last day is over; returns whether it ended now."""
    over = (TaxDeclaration.id == declaration_id, TaxDeclaration.valid_until < today)
    ended = await move(session, TAX_DECLARATION, TaxDeclaration, "end", *over)
    for row in ended:
        await emit(session, TaxDeclarationEnded(row.id, row.organisation_id), audience=[row.organisation_id])
    return bool(ended)
