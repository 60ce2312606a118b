"""Everything that the provider and we do not say alike is named, once; what is found no longer is gone."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import ColumnElement, select, text, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit import alarms
from clothingline.kit.events import emit
from clothingline.kit.ids import new_id
from clothingline.kit.states import move
from clothingline.ledger import chart
from clothingline.ledger import service as ledger
from clothingline.reconciliation import queries
from clothingline.reconciliation.events import DifferenceFound, ReconciliationDone
from clothingline.reconciliation.models import DIFFERENCE, RECONCILIATION, Difference, Reconciliation

GRACE = timedelta(hours=1)
"""How long a movement of what we have booked may still be missing."""
ALARM = "difference"
AT_ONCE = 1_000
"""Differences of one statement: the database takes 65,535 values in each."""
_COMPARE = text(Path(__file__).parent.parent.joinpath("differences.sql").read_text())
_CLEARING = text(Path(__file__).parent.parent.joinpath("clearing.sql").read_text())
_IN_FLIGHT = text(Path(__file__).parent.parent.joinpath("in_flight.sql").read_text())
_CONNECTED = text(Path(__file__).parent.parent.joinpath("connected.sql").read_text())
# Nothing is known of how many rows the parts of the statement have: a nested loop over all of them takes for ever.
_PATIENT = (text("SET LOCAL statement_timeout = '40s'"), text("SET LOCAL enable_nestloop = off"))


@dataclass(frozen=True)
class Found:
    """One thing that differs, before it is kept. Amounts are what it moved in the account, by us and by them."""

    code: str
    object_type: str
    object: str
    subject_id: UUID | None
    ours_idr: int | None
    theirs_idr: int | None


async def compare(session: AsyncSession, *, own: str, livemode: bool) -> list[Found]:
    """Movements beside rows, object by object, and clearing accounts that are not empty in time."""
    for one in _PATIENT:
        await session.execute(one)
    said = {"own": own, "livemode": livemode, "grace": GRACE}
    rows = [*await session.execute(_COMPARE, said), *await session.execute(_CLEARING)]
    return [Found(*row) for row in rows]


async def compare_balance(session: AsyncSession, *, own: str, balance_idr: int) -> list[Found]:
    """What the provider says is ours, beside the ledger and what has moved there and is not booked here yet."""
    booked = await ledger.held(session, chart.PROVIDER)
    in_flight = (await session.execute(_IN_FLIGHT, {"own": own})).scalar_one()
    ours = booked + int(in_flight)
    return [] if ours == balance_idr else [Found("balance", "account", own, None, ours, balance_idr)]


async def compare_connected(session: AsyncSession, *, account: str, balance_idr: int) -> list[Found]:
    """The same for the account of a payee, unless something of it is in doubt."""
    row = (await session.execute(_CONNECTED, {"account": account})).first()
    if row is None or row.in_doubt or int(row.ours_idr) == balance_idr:
        return []
    return [Found("connected_balance", "account", account, row.payee_id, int(row.ours_idr), balance_idr)]


async def keep_found(session: AsyncSession, *, run_id: UUID, found: Sequence[Found]) -> int:
    """Keep what differs: new, or seen again by this run; returns how many are new.

    What two people have explained, or put into suspense, is not found again as long as it stays what it was.
    """
    differing = list({(one.code, one.object_type, one.object): one for one in found}.values())
    parts = [differing[begin : begin + AT_ONCE] for begin in range(0, len(differing), AT_ONCE)]
    return sum([await _keep(session, run_id, part) for part in parts])


async def _keep(session: AsyncSession, run_id: UUID, found: Sequence[Found]) -> int:
    explained = await _explained(session, found)
    rows = [one for one in found if _identity(one) not in explained]
    if not rows:
        return 0
    values = [{"id": new_id(), "first_run": run_id, "last_run": run_id, "state": "open", **asdict(one)} for one in rows]
    statement = insert(Difference).values(values)
    new = statement.excluded
    seen = {"last_run": run_id, "ours_idr": new.ours_idr, "theirs_idr": new.theirs_idr}
    kept = statement.on_conflict_do_update(
        index_elements=["code", "object_type", "object"], index_where=text("state = 'open'"), set_=seen
    )
    is_new = Difference.first_run == run_id
    fresh = (await session.execute(kept.returning(Difference.id, is_new))).all()
    for difference_id, _ in [one for one in fresh if one[1]]:
        await emit(session, DifferenceFound(difference_id))
    return sum(one[1] for one in fresh)


async def _explained(session: AsyncSession, found: Sequence[Found]) -> set[tuple[object, ...]]:
    """Of these, what stands resolved with the same amounts."""
    named = [(one.code, one.object_type, one.object) for one in found]
    same: ColumnElement[bool] = tuple_(Difference.code, Difference.object_type, Difference.object).in_(named)
    rows = await session.scalars(select(Difference).where(Difference.state == "resolved", same))
    return {_identity(row) for row in rows}


def _identity(one: Found | Difference) -> tuple[object, ...]:
    return (one.code, one.object_type, one.object, one.ours_idr, one.theirs_idr)


async def finish(session: AsyncSession, *, run_id: UUID, balance_idr: int | None) -> bool:
    """The run is done: what it has not seen is gone, and an alarm stands for each code with an open difference."""
    await move(session, DIFFERENCE, Difference, "vanish", Difference.last_run != run_id)
    still = await queries.count_open(session)
    this, found = Reconciliation.id == run_id, sum(still.values())
    moved = await move(session, RECONCILIATION, Reconciliation, "finish", this, found=found, balance_idr=balance_idr)
    for code, number in sorted(still.items()):
        await alarms.sound(session, name=ALARM, subject=code, detail={"open": number})
    await alarms.clear_others(session, name=ALARM, subjects=set(still))
    if moved:
        await emit(session, ReconciliationDone(run_id))
    return bool(moved)
