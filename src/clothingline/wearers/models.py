"""Rosters and their wearers; names and body measures are ciphertext under a key of each wearer's own."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from clothingline.kit.clock import business_time, local_date
from clothingline.kit.db import Base, Identified, Stamped
from clothingline.kit.states import Machine, Stateful, Transition

ROSTER = Machine(
    "roster",
    ("open",),
    (
        Transition("close", ("open",), "closed", "coordinator", "by hand, or by going on to the plans"),
        Transition("reopen", ("closed",), "open", "coordinator", "before the last day; nothing is ordered"),
        Transition("erase", ("open", "closed"), "erased", "system", "the order is over, or there will be none"),
    ),
)
WAYS = ("size", "body", "unsure")
FIGURES = ("woman", "man", "girl", "boy")


class Roster(Base, Identified, Stateful, Stamped):
    """One link by which everybody who will wear a piece of an order says their size. Only its SHA-256 is kept.

    `places`: how many there are; `ends_at`: from then on nobody may say anything; `draft_id`: the way to an order that
    it was opened on, as long as that is kept; `order_id`: the order that was made of it.
    """

    __tablename__ = "roster"
    draft_id: Mapped[UUID | None] = mapped_column(ForeignKey("draft.id", ondelete="SET NULL"), unique=True)
    order_id: Mapped[UUID | None] = mapped_column(ForeignKey("orders.id"), index=True)
    design_id: Mapped[UUID] = mapped_column(ForeignKey("design.id"))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    title: Mapped[str | None]
    places: Mapped[int] = mapped_column(Integer)
    ends_at: Mapped[datetime]

    @property
    def last_day(self) -> date:
        """The last day on which something may be said."""
        return local_date(self.ends_at - timedelta(seconds=1))

    __table_args__ = (
        CheckConstraint("places BETWEEN 2 AND 500", name="places"),
        CheckConstraint("state <> 'erased' OR title IS NULL", name="erased"),
        CheckConstraint(f"state IN {ROSTER.states}", name="state"),
    )


class Wearer(Base, Identified, Stamped):
    """Somebody who will wear one piece, under a number that stands for the name wherever the piece is sewn.

    `name` and `measures` are sealed under `key`; without it neither can be read by anybody any more. `measured`: codes
    of the measures that were given. `ready`: nothing of it is missing. `claim`: the job whose maker sews for this body.
    """

    __tablename__ = "wearer"
    roster_id: Mapped[UUID] = mapped_column(ForeignKey("roster.id"))
    place: Mapped[int] = mapped_column(Integer)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    key: Mapped[bytes | None] = mapped_column(LargeBinary)
    name: Mapped[bytes] = mapped_column(LargeBinary)
    way: Mapped[str | None]
    size: Mapped[str | None]
    figure: Mapped[str | None]
    consent_version: Mapped[str | None]
    consented_at: Mapped[datetime | None]
    measures: Mapped[bytes | None] = mapped_column(LargeBinary)
    measured: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    ready: Mapped[bool] = mapped_column(server_default=text("false"))
    claim: Mapped[UUID | None] = mapped_column(index=True)
    changed_at: Mapped[datetime] = mapped_column(server_default=business_time())
    removed_at: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "uq_wearer_roster_id_place", "roster_id", "place", unique=True, postgresql_where=text("removed_at IS NULL")
        ),
        Index("ix_wearer_roster_id_id", "roster_id", "id"),
        CheckConstraint("place > 0", name="place"),
        CheckConstraint(f"way IN {WAYS}", name="way"),
        CheckConstraint(f"figure IN {FIGURES}", name="figure"),
        CheckConstraint("(way IS NOT DISTINCT FROM 'size') = (size IS NOT NULL)", name="size"),
        CheckConstraint("measures IS NULL OR (consented_at IS NOT NULL AND key IS NOT NULL)", name="consent"),
        CheckConstraint("(consented_at IS NULL) = (consent_version IS NULL)", name="proof"),
        CheckConstraint("key IS NOT NULL OR (name = '' AND figure IS NULL)", name="erased"),
        CheckConstraint("removed_at IS NULL OR key IS NULL", name="removed"),
    )
