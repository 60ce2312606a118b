"""What stands in the database of a test, by the prefix of its ids, and who is who there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.models import ApiToken, DeviceSession, RoleHeld
from clothingline.aftersales.models import Review
from clothingline.brands.models import Brand
from clothingline.certification.models import Certificate
from clothingline.fulfilment.models import Shipment
from clothingline.garments.models import Design
from clothingline.kit import ids
from clothingline.kit.access import Grants, Role
from clothingline.kit.alarms import Alarm
from clothingline.kit.db import Base
from clothingline.ledger.models import Correction, LedgerAccount, LedgerTransaction
from clothingline.materials.models import Lot
from clothingline.measurements.models import MeasurementSet, Person
from clothingline.notices.models import WebhookDelivery, WebhookEndpoint
from clothingline.orders.models import Order
from clothingline.papers.models import Document
from clothingline.payments.models import Dispute, Payment, Refund
from clothingline.payouts.models import Payee, Payout
from clothingline.production.models import Inspection, Job, Photo, Run
from clothingline.reconciliation.models import Difference, Reconciliation
from clothingline.routing.models import Offer, Plan
from clothingline.sentra.models import Sentra
from clothingline.suppliers.models import Supplier
from clothingline.tailors.models import Tailor
from clothingline.taxes.models import TaxDeclaration, TaxProfile

TABLES: Mapping[str, type[Base]] = {
    "ord": Order,
    "job": Job,
    "per": Person,
    "off": Offer,
    "run": Run,
    "pol": Plan,
    "pho": Photo,
    "ins": Inspection,
    "shp": Shipment,
    "rvw": Review,
    "pay": Payment,
    "rfd": Refund,
    "dsp": Dispute,
    "mst": MeasurementSet,
    "crt": Certificate,
    "lot": Lot,
    "dsg": Design,
    "brd": Brand,
    "sup": Supplier,
    "tlr": Tailor,
    "sen": Sentra,
    "ses": DeviceSession,
    "tok": ApiToken,
    "whk": WebhookEndpoint,
    "dlv": WebhookDelivery,
    "tax": TaxProfile,
    "txd": TaxDeclaration,
    "lac": LedgerAccount,
    "txn": LedgerTransaction,
    "pye": Payee,
    "out": Payout,
    "rcn": Reconciliation,
    "dif": Difference,
    "alm": Alarm,
    "cor": Correction,
    "doc": Document,
}
"""Tables by the prefix of their ids; a row that others belong to comes before them."""
PARENTS = ("order_id", "job_id", "person_id", "payment_id", "endpoint_id")
OWNERS = ("id", "consumer_id", "account_id", "brand_id", "supplier_id", "tailor_id", "organisation_id", "payee_id")


@dataclass(frozen=True)
class Row:
    """One row as the API names it, and the accounts and organisations whose it is."""

    id: str
    slug: str | None
    parties: frozenset[UUID]


@dataclass(frozen=True)
class World:
    """Rows by prefix, and accounts with their roles and organisations."""

    rows: Mapping[str, list[Row]]
    roles: list[tuple[UUID, Role, UUID | None]]

    def may(self, grants: Grants) -> list[UUID]:
        """Accounts with a role that the policy admits."""
        return list(dict.fromkeys(account for account, role, _ in self.roles if role in grants))

    def whose(self, row: Row, grants: Grants) -> list[UUID]:
        """Of those, the ones to whom a row belongs."""
        held = [(account, party) for account, role, party in self.roles if role in grants]
        return [account for account, party in held if {account, party} & row.parties]


async def look_round(session: AsyncSession) -> World:
    """The world of this database, in the order of ids."""
    known: dict[UUID, frozenset[UUID]] = {}
    rows: dict[str, list[Row]] = {}
    for prefix, table in TABLES.items():
        found: list[Any] = list(await session.scalars(select(table).order_by(*table.__table__.primary_key)))
        known |= {row.id: known.get(row.id, frozenset()) | _parties(row, known) for row in found}
        rows[prefix] = [Row(ids.show(prefix, row.id), getattr(row, "slug", None), known[row.id]) for row in found]
    held = await session.scalars(select(RoleHeld).order_by(RoleHeld.id))
    return World(rows, [(one.account_id, Role(one.role), one.organisation_id) for one in held])


def _parties(row: Any, known: Mapping[UUID, frozenset[UUID]]) -> frozenset[UUID]:
    inherited = [known.get(one, frozenset()) for one in _values(row, PARENTS)]
    return frozenset(_values(row, OWNERS)).union(*inherited)


def _values(row: Any, names: Iterable[str]) -> list[UUID]:
    return [value for name in names if (value := getattr(row, name, None)) is not None]
