"""What waits for somebody of the programme: each queue with how many, how long the oldest has waited, and its rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import QueryableAttribute

from clothingline.certification.models import Certificate, ShownCertificate
from clothingline.joining.models import TailorApplication
from clothingline.kit.access import Relation, Role
from clothingline.kit.alarms import Alarm
from clothingline.kit.clock import business_time
from clothingline.kit.policy import TABLE
from clothingline.ledger.models import Correction
from clothingline.orders.models import Order
from clothingline.payments.models import Dispute, Refund
from clothingline.payouts.models import Payout
from clothingline.reconciliation.models import Difference
from clothingline.taxes.models import TaxDeclaration
from clothingline.web.words import later

UNMATCHED = ("placed", "action_required")
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Queue:
    """One kind of work. `operation` names the row of the policy that lets somebody see it.

    `rows` finds what waits, `since` says from when; by `real` clock, else in business time. What has waited for `soon`
    is to be done today, what has waited for `late` is overdue.
    """

    code: str
    words: str
    operation: str
    path: str
    rows: ColumnElement[bool]
    since: QueryableAttribute[Any]
    soon: timedelta
    late: timedelta
    real: bool = False

    def asked(self) -> Select[*tuple[Any, ...]]:
        """Its code, how many wait, and the age of the oldest in seconds."""
        now = func.now() if self.real else business_time()
        age = func.extract("epoch", now - func.min(self.since))
        return select(literal(self.code), func.count(), age).where(self.rows)


QUEUES = (
    Queue(
        "certificates",
        later("Sertifikat menunggu diperiksa"),
        "certificates_list",
        "/admin/sertifikat",
        Certificate.state == "uploaded",
        Certificate.state_at,
        24 * HOUR,
        48 * HOUR,
    ),
    Queue(
        "photographs",
        later("Foto sertifikat menunggu dibaca"),
        "certificates_list",
        "/admin/sertifikat",
        ShownCertificate.state == "waiting",
        ShownCertificate.state_at,
        24 * HOUR,
        48 * HOUR,
    ),
    Queue(
        "newcomers",
        later("Pendaftaran menunggu keputusan"),
        "tailor_applications_list",
        "/admin/pendaftaran",
        TailorApplication.state == "applied",
        TailorApplication.state_at,
        72 * HOUR,
        168 * HOUR,
    ),
    Queue(
        "unmatched",
        later("Pesanan yang penjahitnya belum pasti"),
        "orders_list",
        "/admin/cocok",
        Order.state.in_(UNMATCHED),
        Order.state_at,
        24 * HOUR,
        48 * HOUR,
    ),
    Queue(
        "decisions",
        later("Pesanan perlu keputusan pembeli"),
        "orders_list",
        "/admin/pesanan?keadaan=action_required",
        Order.state == "action_required",
        Order.state_at,
        4 * HOUR,
        24 * HOUR,
    ),
    Queue(
        "refunds",
        later("Pengembalian uang menunggu persetujuan"),
        "refunds_list",
        "/admin/sengketa",
        Refund.state == "requested",
        Refund.state_at,
        24 * HOUR,
        48 * HOUR,
    ),
    Queue(
        "disputes",
        later("Sanggahan bayar di bank pembeli"),
        "disputes_list",
        "/admin/sengketa",
        Dispute.state == "open",
        Dispute.state_at,
        24 * HOUR,
        72 * HOUR,
    ),
    Queue(
        "payouts",
        later("Pembayaran menunggu persetujuan"),
        "payouts_list",
        "/admin/uang",
        Payout.state == "draft",
        Payout.state_at,
        4 * HOUR,
        24 * HOUR,
    ),
    Queue(
        "differences",
        later("Selisih dengan penyedia bayar"),
        "differences_list",
        "/admin/uang/selisih",
        Difference.state == "open",
        Difference.state_at,
        24 * HOUR,
        72 * HOUR,
    ),
    Queue(
        "corrections",
        later("Koreksi buku menunggu orang kedua"),
        "corrections_list",
        "/admin/uang/koreksi",
        Correction.state == "proposed",
        Correction.state_at,
        24 * HOUR,
        72 * HOUR,
    ),
    Queue(
        "declarations",
        later("Surat pernyataan pajak menunggu diperiksa"),
        "tax_declarations_list",
        "/admin/uang/pajak",
        TaxDeclaration.state == "given",
        TaxDeclaration.state_at,
        24 * HOUR,
        48 * HOUR,
    ),
    Queue(
        "alarms",
        later("Alarm sistem"),
        "alarms_list",
        "/admin/alarm",
        Alarm.cleared_at.is_(None),
        Alarm.since,
        HOUR,
        24 * HOUR,
        real=True,
    ),
)


@dataclass(frozen=True)
class Waiting:
    """How a queue stands; `age` of the oldest, None when nothing waits."""

    queue: Queue
    count: int
    age: timedelta | None

    @property
    def tone(self) -> str:
        """Fresh `ok`, to be done today `warn`, overdue `error`, empty `neutral`."""
        if self.age is None:
            return "neutral"
        return "error" if self.age >= self.queue.late else "warn" if self.age >= self.queue.soon else "ok"


def sees(roles: Iterable[Role], operation: str) -> bool:
    """Whether one of these roles reaches every row of an operation."""
    row = TABLE[operation]
    return any(row.get(role) is Relation.ALL for role in roles)


async def list_waiting(session: AsyncSession, roles: Iterable[Role]) -> list[Waiting]:
    """The queues that these roles may see, in the order of the page. One statement."""
    seen = [one for one in QUEUES if sees(roles, one.operation)]
    if not seen:
        return []
    rows = await session.execute(union_all(*(one.asked() for one in seen)))
    found = {code: (int(count), age) for code, count, age in rows}
    return [Waiting(one, found[one.code][0], _age(found[one.code][1])) for one in seen]


def _age(seconds: Any) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=max(0, int(seconds)))


def badges(waiting: Iterable[Waiting]) -> dict[str, int]:
    """How many wait at each place of the rail."""
    found: dict[str, int] = {}
    for one in waiting:
        place = "/".join(one.queue.path.partition("?")[0].split("/")[:3])
        found[place] = found.get(place, 0) + one.count
    return found
