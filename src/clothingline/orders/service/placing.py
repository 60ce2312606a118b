"""Writing an order down."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb
from sqlalchemy import Text, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.garments import queries as garments
from clothingline.garments.configuring import Configuration, blend, check_sizes, configure
from clothingline.garments.models import Design, SizeChart
from clothingline.kit.clock import local_date
from clothingline.kit.db import Prebuilt, Sent, Trip, trip, with_commit
from clothingline.kit.errors import Invalid
from clothingline.kit.events import emit
from clothingline.kit.ids import new_id
from clothingline.measurements import queries as measurements
from clothingline.orders.events import OrderDrafted
from clothingline.orders.models import BODY, Order, OrderLine
from clothingline.reference import facts
from clothingline.settings import OrderSettings

FARTHEST = timedelta(days=365)
_ORDER = (
    "id", "code", "version", "consumer_id", "needed_by", "ceiling_idr", "paid_idr", "recipient", "street",
    "regency_code", "state", "state_at", "state_by", "created_at",
)  # fmt: skip
_LINE = tuple(OrderLine.__table__.columns.keys())


@dataclass(frozen=True)
class Wish:
    """What a consumer asks for: a design with options, for one measured body or for pieces by size.

    `to_measure`: one piece for a body whose measures are not stored yet; it can be sketched, not placed. `bodies`: how
    many pieces, besides those by size, are sewn to bodies of a group, whose measures another house keeps.
    """

    design: str
    options: Mapping[str, Any]
    colour: str | None
    measurement_set: UUID | None
    sizes: Mapping[str, int]
    needed_by: date
    ceiling_idr: int | None
    recipient: str
    street: str
    regency: str
    to_measure: bool = False
    bodies: int = 0

    @property
    def single(self) -> bool:
        """Whether it is one piece for one body."""
        return self.to_measure or self.measurement_set is not None

    @property
    def pieces(self) -> int:
        """One for a body, else the sum over the sizes and the bodies of a group."""
        return 1 if self.single else sum(self.sizes.values()) + self.bodies


@dataclass(frozen=True)
class Asked:
    """What was asked about a wish, in one trip."""

    design: Sent[tuple[UUID, int]]
    doubts: Sent[bool] | None


async def ask_about(going: Trip, wish: Wish, consumer: UUID | None) -> Asked:
    """Ask what must be known of a wish."""
    measures = wish.measurement_set
    design = await garments.ask_to_order(going, wish.design)
    return Asked(design, await measurements.ask_doubts(going, measures, consumer) if measures and consumer else None)


async def place_order(
    session: AsyncSession, *, wish: Wish, consumer: UUID, now: datetime, rules: OrderSettings
) -> Order:
    """Write the wish down as a draft, with the commit. Raises `Invalid` with the field, or `DesignNotFound`."""
    if wish.to_measure:
        raise Invalid("/measurement_set", "Ukuran badan belum disimpan.", "The body measures are not stored yet.")
    check_place_and_date(wish, local_date(now))
    async with trip(session) as going:
        asked = await ask_about(going, wish, consumer)
        code = await going.send(_CODE)
    line = await compose_line(session, wish, asked, rules)
    order = _draft(wish, line, code=(await code.rows())[0], consumer=consumer, now=now)
    await _write(session, order)
    await emit(session, OrderDrafted(order.id), by=consumer, audience=[consumer])
    return order


async def sketch_order(
    session: AsyncSession, *, wish: Wish, consumer: UUID | None, today: date, rules: OrderSettings
) -> Order:
    """The order that this wish would become, written nowhere: for a price before anybody has said who they are.

    Raises as `place_order`.
    """
    check_place_and_date(wish, today)
    async with trip(session) as going:
        asked = await ask_about(going, wish, consumer)
    return unwritten(wish, await compose_line(session, wish, asked, rules))


def unwritten(wish: Wish, line: OrderLine) -> Order:
    """An order that no session knows, with its line."""
    return Order(
        id=new_id(),
        version=1,
        needed_by=wish.needed_by,
        ceiling_idr=wish.ceiling_idr,
        regency_code=wish.regency,
        line=line,
    )


def _draft(wish: Wish, line: OrderLine, *, code: str, consumer: UUID, now: datetime) -> Order:
    order_id = new_id()
    line.id, line.order_id = new_id(), order_id
    return Order(
        id=order_id,
        code=code,
        version=1,
        consumer_id=consumer,
        state="draft",
        state_at=now,
        state_by=consumer,
        needed_by=wish.needed_by,
        ceiling_idr=wish.ceiling_idr,
        paid_idr=0,
        recipient=wish.recipient,
        street=wish.street,
        regency_code=wish.regency,
        created_at=now,
        line=line,
    )


def check_place_and_date(wish: Wish, today: date) -> None:
    """Raises `Invalid` for an unknown regency or a day that is not ahead."""
    if wish.regency not in facts.regencies():
        raise Invalid(
            "/ship_to/regency", "Kode kabupaten/kota tidak dikenal, contoh 32.73.", "Unknown regency code, e.g. 32.73."
        )
    if not today < wish.needed_by <= today + FARTHEST:
        raise Invalid(
            "/needed_by",
            "Pilih tanggal mulai besok, paling lama setahun lagi.",
            "Choose a date from tomorrow on, at most a year ahead.",
            code="out_of_range",
            min=str(today + timedelta(days=1)),
            max=str(today + FARTHEST),
        )


async def compose_line(session: AsyncSession, wish: Wish, asked: Asked, rules: OrderSettings) -> OrderLine:
    """The line of a wish, priced and timed by the design of today.

    Raises `Invalid` with the field to correct, or `DesignNotFound`.
    """
    design, chart = await garments.read_to_order(session, asked.design)
    await _check_fit(design, chart, wish, asked.doubts, rules=rules)
    return line_of(design, wish, rules)


def line_of(design: Design, wish: Wish, rules: OrderSettings) -> OrderLine:
    """The line of a wish whose sizes or measures fit the design. Raises `Invalid` for an option or the colour."""
    _check_colour(design, wish.colour)
    made = _piece(design, wish, rules)
    return OrderLine(
        design_id=design.id,
        design_version=design.version,
        options=dict(made.options),
        colour=wish.colour,
        measurement_set_id=wish.measurement_set,
        sizes={**wish.sizes, BODY: wish.bodies} if wish.bodies else dict(wish.sizes),
        pieces=wish.pieces,
        standard_seconds=made.standard_seconds,
        cloth_cm=made.cloth_cm,
        extras_idr=made.extras_idr,
        skills=list(made.skills),
    )


def _piece(design: Design, wish: Wish, rules: OrderSettings) -> Configuration:
    """One piece of a wish; where some of a run are sewn to bodies, one on average."""
    made = configure(design, options=wish.options, pieces=wish.pieces, single=wish.single, settings=rules)
    if not wish.bodies:
        return made
    single = configure(design, options=wish.options, pieces=1, single=True, settings=rules)
    return blend(made, single, pieces=wish.pieces, bodies=wish.bodies)


async def _check_fit(
    design: Design, chart: SizeChart | None, wish: Wish, doubts: Sent[bool] | None, *, rules: OrderSettings
) -> None:
    if wish.single == bool(wish.sizes or wish.bodies):
        raise Invalid(
            "/measurement_set",
            "Isi ukuran badan (satu potong) atau jumlah per ukuran, salah satu.",
            "Give either a measurement set (one piece) or pieces by size.",
        )
    if (wish.single or wish.bodies) and not design.made_to_measure:
        raise Invalid("/measurement_set", "Desain ini dijual per ukuran.", "This design is sold by size.")
    await _check_doubts(doubts)
    if wish.sizes:
        check_sizes(design, chart, wish.sizes, largest_run=rules.largest_run)


async def _check_doubts(asked: Sent[bool] | None) -> None:
    if asked is not None and await measurements.read_doubts(asked):
        raise Invalid(
            "/measurement_set",
            "Sebagian ukuran ini masih diragukan. Ukur ulang, atau simpan lagi dengan tanda sudah diperiksa.",
            "Some of these measures are still in doubt. Measure again, or store them again as confirmed.",
            code="measures_in_doubt",
        )


def _check_colour(design: Design, colour: str | None) -> None:
    if colour is not None and design.colours and colour not in design.colours:
        known = ", ".join(design.colours)
        raise Invalid("/colour", f"Pilih salah satu warna: {known}.", f"Choose one of the colours: {known}.")


async def _write(session: AsyncSession, order: Order) -> None:
    """Both rows in one statement, with the commit."""
    values = [getattr(order, name) for name in _ORDER] + [_plain(getattr(order.line, name)) for name in _LINE]
    await with_commit(session, _WRITE, tuple(values))


def _plain(value: object) -> object:
    return Jsonb(value) if isinstance(value, dict) else value


def _writing() -> str:
    order, line = (", ".join(names) for names in (_ORDER, _LINE))
    places, more = (", ".join(["%s"] * len(names)) for names in (_ORDER, _LINE))
    return f"""
        WITH placed AS (INSERT INTO orders ({order}) VALUES ({places}))
        INSERT INTO order_line ({line}) VALUES ({more})
    """  # noqa: S608  # names of columns


# Written by hand, and not by the unit of work: intake is what comes in the greatest number.
_WRITE = _writing()
_CODE = Prebuilt(select(func.next_order_code(type_=Text)), str)
