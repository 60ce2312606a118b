"""A seller's number and address at the tax office."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Reach, meant
from clothingline.kit.clock import business_time
from clothingline.kit.events import emit
from clothingline.taxes import queries, sealing
from clothingline.taxes.errors import SellerNotFound
from clothingline.taxes.events import TaxProfileUpdated
from clothingline.taxes.models import TaxProfile


async def register(
    session: AsyncSession,
    *,
    organisation_id: UUID | None,
    kind: str,
    taxpayer: str,
    address: str,
    reach: Reach,
    by: UUID | None,
) -> TaxProfile:
    """Keep NPWP or NIK (digits only) and the address, sealed. Without `organisation_id`: the caller's only business.

    Raises `SellerNotFound`.
    """
    seller = seller_of(organisation_id, reach)
    values = {
        "kind": kind,
        "taxpayer": sealing.seal_taxpayer(seller, taxpayer),
        "taxpayer_last4": taxpayer[-4:],
        "address": sealing.seal_address(seller, address),
        "updated_at": business_time(),
    }
    statement = insert(TaxProfile).values(id=seller, **values)
    kept = statement.on_conflict_do_update(index_elements=[TaxProfile.id], set_=values).returning(TaxProfile)
    profile = (await session.scalars(kept.execution_options(populate_existing=True))).one()
    await emit(session, TaxProfileUpdated(seller), by=by, audience=[seller])
    return profile


def seller_of(organisation_id: UUID | None, reach: Reach) -> UUID:
    """The named business of the caller's, or the only one. Raises `SellerNotFound`."""
    seller = meant(organisation_id, reach.of(*queries.SELLERS))
    if seller is None:
        raise SellerNotFound
    return seller
