"""State machines as data: one table of transitions beside its model, interpreted here and repeated to the database.

The database refuses every pair (from, to) that no machine lists, by the trigger `guard_transition`.
"""

from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar, cast
from uuid import UUID

from sqlalchemy import ColumnElement, DateTime, Text, Uuid, bindparam, delete, insert, inspect, or_, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.sql.dml import ReturningUpdate

from clothingline.kit.clock import business_time
from clothingline.kit.db import Base, Prebuilt

Entity = TypeVar("Entity", bound=Base)


@dataclass(frozen=True)
class Transition:
    """One row of a machine. `guard`, `timeout` and `compensation` are words for the reader; the code enforces them."""

    event: str
    source: tuple[str, ...]
    target: str
    actor: str
    guard: str = ""
    timeout: str = ""
    compensation: str = ""


_machines: dict[str, "Machine"] = {}


@dataclass(frozen=True)
class Machine:
    """A state machine of one table: its name is the table's, `initial` lists the states in which a row may be born."""

    name: str
    initial: tuple[str, ...]
    transitions: tuple[Transition, ...] = field(repr=False)

    def __post_init__(self) -> None:
        _machines[self.name] = self

    def transition(self, event: str) -> Transition:
        """The transition of an event; `KeyError` for an unknown one."""
        for one in self.transitions:
            if one.event == event:
                return one
        raise KeyError(f"{self.name} knows no event {event}")

    @property
    def states(self) -> tuple[str, ...]:
        """Every state, in order of appearance."""
        seen = dict.fromkeys(self.initial)
        for one in self.transitions:
            seen.update(dict.fromkeys((*one.source, one.target)))
        return tuple(seen)

    @property
    def pairs(self) -> set[tuple[str, str]]:
        """All allowed pairs (from, to)."""
        return {(source, one.target) for one in self.transitions for source in one.source}

    def open_states(self) -> tuple[str, ...]:
        """States that something can still leave."""
        leaving = {source for source, _ in self.pairs}
        return tuple(state for state in self.states if state in leaving)


class StateTransition(Base):
    """The allowed pairs of every machine, as the database knows them."""

    __tablename__ = "state_transition"
    machine: Mapped[str] = mapped_column(Text, primary_key=True)
    source: Mapped[str] = mapped_column(Text, primary_key=True)
    target: Mapped[str] = mapped_column(Text, primary_key=True)


class Stateful:
    """Columns of a row that lives in a machine: where it stands, since when, and by whom (an account)."""

    state: Mapped[str] = mapped_column(Text, sort_order=80)
    state_at: Mapped[Any] = mapped_column(DateTime(timezone=True), server_default=business_time(), sort_order=81)
    state_by: Mapped[UUID | None] = mapped_column(sort_order=82)


async def move(
    session: AsyncSession,
    machine: Machine,
    model: type[Entity],
    event: str,
    *where: ColumnElement[bool],
    by: UUID | None = None,
    **values: Any,
) -> list[Entity]:
    """Take the rows that match `where` through `event` in one conditional statement; returns the rows that moved.

    A row that is not in a source state of the event does not match, so an empty list means: refused.
    """
    one = machine.transition(event)
    table: Any = model
    changed = _returning(model).where(table.state.in_(one.source), *where)
    statement = changed.values(state=one.target, state_at=business_time(), state_by=by, **values)
    return [_refreshed(found[0], found) for found in await session.execute(statement)]


# Made once: for a wide table this is most of the statement.
@cache
def _returning(model: type[Base]) -> ReturningUpdate[Any]:
    # The columns come twice: a row that the session knows is brought up to date and keeps its relationships.
    columns = [column.label(f"new_{name}") for name, column in inspect(model).columns.items()]
    return update(model).returning(model, *columns).execution_options(synchronize_session=False)


def moving(machine: Machine, model: type[Base], event: str, *where: ColumnElement[bool]) -> Prebuilt[UUID]:
    """`move` for a trip, with `moved_by` for the account; answers the ids of the rows that moved."""
    one, table = machine.transition(event), cast(Any, model)
    by = bindparam("moved_by", type_=Uuid)
    statement = update(model).where(or_(*(table.state == source for source in one.source)), *where)
    changed = statement.values(state=one.target, state_at=business_time(), state_by=by).returning(table.id)
    return Prebuilt(changed, lambda row_id: cast(UUID, row_id))


def _refreshed(row: Entity, found: Any) -> Entity:
    for name in inspect(type(row)).columns.keys():  # noqa: SIM118  # a column collection is no dict
        set_committed_value(row, name, getattr(found, f"new_{name}"))
    return row


def machines() -> tuple[Machine, ...]:
    """Every machine of the imported models."""
    return tuple(_machines.values())


async def teach(session: AsyncSession) -> None:
    """Write the pairs of all machines into the database, replacing what stood there; births come from the state ''."""
    rows = [
        {"machine": machine.name, "source": source, "target": target}
        for machine in machines()
        for source, target in sorted(machine.pairs | {("", state) for state in machine.initial})
    ]
    await session.execute(delete(StateTransition))
    await session.execute(insert(StateTransition), rows)


def diagram(machine: Machine) -> str:
    """The machine as a Mermaid state diagram, for the docs."""
    born = [f"    [*] --> {state}" for state in machine.initial]
    moves = [f"    {source} --> {one.target}: {one.event}" for one in machine.transitions for source in one.source]
    return "\n".join(["stateDiagram-v2", *born, *moves])
