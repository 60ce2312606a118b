"""What is done with a supplier's profile."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.service import rename_organisation
from clothingline.kit.access import Reach
from clothingline.kit.events import emit
from clothingline.suppliers import queries
from clothingline.suppliers.events import SupplierUpdated
from clothingline.suppliers.models import Supplier


async def update_supplier(
    session: AsyncSession, *, ref: str | UUID, changes: Mapping[str, Any], reach: Reach, by: UUID | None = None
) -> Supplier:
    """Change columns of the supplier, or its `name`; what is not named stays."""
    supplier = await queries.get_supplier_for_update(session, ref, reach)
    columns = dict(changes)
    if name := columns.pop("name", None):
        await rename_organisation(session, organisation_id=supplier.id, name=name)
    for column, value in columns.items():
        setattr(supplier, column, value)
    await emit(session, SupplierUpdated(supplier.id), by=by, audience=[supplier.id])
    return supplier
