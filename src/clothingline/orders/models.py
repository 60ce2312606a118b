"""Orders, their line and quotes, and the drafts that lead to them (product 3.1, 3.2)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clothingline.kit.clock import business_time
from clothingline.kit.db import Base, Identified, Rupiah, Stamped
from clothingline.kit.states import Machine, Stateful, Transition
from clothingline.orders.waterfall import CODES

ORDER = Machine(
    "orders",
    ("draft",),
    (
        Transition(
            "price", ("draft", "quoted"), "quoted", "system", "measures plausible; a feasible plan", "24 h / 7 d"
        ),
        Transition("unprice", ("quoted", "pending_payment"), "draft", "system", "the quote has expired or changed"),
        Transition("checkout", ("quoted",), "pending_payment", "consumer", "holds alive; live quote", "15 min"),
        Transition(
            "pay", ("pending_payment",), "placed", "provider", "amount, currency, reference equal the instalment"
        ),
        Transition("all_accepted", ("placed",), "confirmed", "system", "every offer accepted and past its undo"),
        Transition("no_plan", ("placed", "confirmed"), "action_required", "system", "nothing fits", "48 h", "C-ROUTE"),
        Transition("choose", ("action_required",), "placed", "consumer", "a later day, at the same price"),
        Transition("first_cut", ("confirmed",), "in_production", "system", "the brand cuts"),
        Transition("all_packed", ("in_production",), "ready", "system", "every job passed and handed over"),
        Transition("last_dispatch", ("ready",), "shipped", "system", "the balance is paid"),
        Transition("last_delivered", ("shipped",), "delivered", "system", "proof of delivery"),
        Transition("accept", ("delivered",), "accepted", "consumer", "no open claim", "14 d"),
        Transition(
            "cancel",
            ("draft", "quoted", "pending_payment", "placed", "confirmed", "action_required"),
            "cancelled",
            "consumer",
            "nothing cut",
            compensation="C-BEFORE",
        ),
    ),
)
QUOTE = Machine(
    "quote",
    ("offered",),
    (
        Transition("accept", ("offered",), "accepted", "consumer", "the live version"),
        Transition("win", ("accepted",), "won", "provider", "the first instalment is paid"),
        Transition(
            "expire", ("offered", "accepted"), "expired", "system", "its time is over", compensation="holds freed"
        ),
        Transition("replace", ("offered", "accepted"), "replaced", "system", "a newer version stands"),
        Transition("withdraw", ("offered", "accepted"), "withdrawn", "consumer", "the order is cancelled"),
    ),
)

BODY = "badan"
"""The name, among the sizes of a line, of the pieces that are sewn to the bodies of its wearers."""
LINE_SOURCES = ("share", "lot", "machine")
LINE_REASONS = ("frozen", "replacement", "change", "reduction")


class Order(Base, Identified, Stateful, Stamped):
    """What one brand owes one consumer.

    `ceiling_idr` the most it may cost; `needed_by` the last day; `price_idr`, `promise_on` and `brand_id` are set by
    the quote that the consumer takes; `version` grows with every change.
    """

    __tablename__ = "orders"
    code: Mapped[str] = mapped_column(unique=True, server_default=text("next_order_code()"))
    consumer_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    brand_id: Mapped[UUID | None] = mapped_column(ForeignKey("brand.id"), index=True)
    version: Mapped[int] = mapped_column(server_default="1")
    needed_by: Mapped[date]
    ceiling_idr: Mapped[Rupiah | None]
    price_idr: Mapped[Rupiah | None]
    deposit_idr: Mapped[Rupiah | None]
    paid_idr: Mapped[Rupiah] = mapped_column(server_default="0")
    promise_on: Mapped[date | None]
    recipient: Mapped[str]
    street: Mapped[str]
    regency_code: Mapped[str] = mapped_column(ForeignKey("regency.code"))
    reason: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    timer_at: Mapped[datetime | None]

    line: Mapped["OrderLine"] = relationship(back_populates="order", lazy="raise", uselist=False)

    __table_args__ = (
        CheckConstraint("price_idr > 0 AND deposit_idr > 0 AND deposit_idr <= price_idr", name="price"),
        CheckConstraint("paid_idr >= 0 AND (paid_idr = 0 OR paid_idr <= price_idr)", name="paid"),
        CheckConstraint("ceiling_idr > 0", name="ceiling"),
        CheckConstraint(f"state IN {ORDER.states}", name="state"),
        Index("ix_orders_consumer_id_id", "consumer_id", "id"),
        Index("ix_orders_timer", "timer_at", postgresql_where=text("timer_at IS NOT NULL")),
    )


class OrderLine(Base, Identified):
    """One design with its options, and either a measurement set (one piece) or pieces by size, `BODY` being one.

    `standard_seconds` and `cloth_cm` per piece and `extras_idr` per piece follow from design and options at that time.
    """

    __tablename__ = "order_line"
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), unique=True)
    design_id: Mapped[UUID] = mapped_column(ForeignKey("design.id"))
    design_version: Mapped[int]
    options: Mapped[dict[str, Any]] = mapped_column(JSONB)
    colour: Mapped[str | None]
    measurement_set_id: Mapped[UUID | None] = mapped_column(ForeignKey("measurement_set.id"))
    sizes: Mapped[dict[str, Any]] = mapped_column(JSONB)
    pieces: Mapped[int]
    standard_seconds: Mapped[int]
    cloth_cm: Mapped[int]
    extras_idr: Mapped[Rupiah] = mapped_column(server_default="0")
    skills: Mapped[list[str]]
    cut_at: Mapped[datetime | None]

    order: Mapped[Order] = relationship(back_populates="line", lazy="raise")

    __table_args__ = (
        CheckConstraint("pieces > 0 AND standard_seconds > 0 AND cloth_cm > 0 AND extras_idr >= 0", name="amounts"),
        CheckConstraint("measurement_set_id IS NULL OR pieces = 1", name="one_body"),
    )


class PriceLine(Base, Identified):
    """One part of the price as it was frozen at checkout, or a difference that was agreed afterwards. Append-only.

    Who gets what, and for which thing, is the sum of its lines: `orders.waterfall.Claim`. `cause_id`: the refund or
    chargeback that lowered the price. The lines of the quote that was taken add up to `Order.price_idr` whenever a
    transaction ends (trigger `guard_price_lines`).
    """

    __tablename__ = "price_line"
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"))
    quote_id: Mapped[UUID] = mapped_column(ForeignKey("quote.id"), index=True)
    code: Mapped[str]
    payee_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    source_type: Mapped[str | None]
    source_id: Mapped[UUID | None]
    amount_idr: Mapped[Rupiah]
    reason: Mapped[str]
    cause_id: Mapped[UUID | None]
    at: Mapped[datetime] = mapped_column(server_default=business_time())
    by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))

    __table_args__ = (
        CheckConstraint(f"code IN {CODES}", name="code"),
        CheckConstraint(f"source_type IN {LINE_SOURCES}", name="source"),
        CheckConstraint(f"reason IN {LINE_REASONS}", name="reason"),
        CheckConstraint("amount_idr <> 0", name="amount"),
        Index("ix_price_line_order_id_quote_id", "order_id", "quote_id"),
    )


class OrderChange(Base, Identified):
    """A change that was agreed before cutting: the version it made, and before and after of each field.

    Of private fields (recipient, street) only the names of those that changed are kept, in `after.private`.
    """

    __tablename__ = "order_change"
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"))
    version: Mapped[int]
    before: Mapped[dict[str, Any]] = mapped_column(JSONB)
    after: Mapped[dict[str, Any]] = mapped_column(JSONB)
    by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(server_default=business_time())

    __table_args__ = (UniqueConstraint("order_id", "version"),)


class Quote(Base, Identified, Stateful, Stamped):
    """A versioned answer to an order: the price by parts that add up, the promise, and how long it stands."""

    __tablename__ = "quote"
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"))
    order_version: Mapped[int]
    version: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(index=True)

    __table_args__ = (
        UniqueConstraint("order_id", "version"),
        Index(
            "uq_quote_order_id_live",
            "order_id",
            unique=True,
            postgresql_where=text("state IN ('offered', 'accepted')"),
        ),
        CheckConstraint(f"state IN {QUOTE.states}", name="state"),
    )


class Draft(Base, Identified, Stamped):
    """The answers of somebody who is on the way to an order. The link is the key to it: only its SHA-256 is kept.

    `account_id`: whose it is, once that is known; from then on the link alone opens nothing. `answers`: what was said,
    page by page; `measures`: body measures that belong to no account yet, sealed; `order_id`: the order that was
    written down from it; `touched_at`: the last answer, from which on it is kept for some days.
    """

    __tablename__ = "draft"
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    design_id: Mapped[UUID] = mapped_column(ForeignKey("design.id"))
    answers: Mapped[dict[str, Any]] = mapped_column(JSONB)
    measures: Mapped[bytes | None] = mapped_column(LargeBinary)
    order_id: Mapped[UUID | None] = mapped_column(ForeignKey("orders.id"), index=True)
    touched_at: Mapped[datetime] = mapped_column(server_default=business_time(), index=True)

    __table_args__ = (
        CheckConstraint("jsonb_typeof(answers) = 'object'", name="answers"),
        CheckConstraint("order_id IS NULL OR account_id IS NOT NULL", name="owner"),
    )
