"""Shipments and acceptance."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from clothingline.kit.clock import business_time
from clothingline.kit.db import Base, Identified, Stamped
from clothingline.kit.states import Machine, Stateful, Transition

SHIPMENT = Machine(
    "shipment",
    ("dispatched",),
    (
        Transition("deliver", ("dispatched",), "delivered", "brand", "proof of delivery"),
        Transition("lose", ("dispatched",), "lost", "officer", "trace done", compensation="remake or refund"),
    ),
)


class Shipment(Base, Identified, Stateful, Stamped):
    """The parcel of an order on its way to the consumer."""

    __tablename__ = "shipment"
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), unique=True)
    carrier: Mapped[str]
    tracking: Mapped[str]
    pieces: Mapped[int]
    weight_g: Mapped[int]
    received_by: Mapped[str | None]
    delivered_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("pieces > 0 AND weight_g > 0", name="amounts"),
        CheckConstraint(f"state IN {SHIPMENT.states}", name="state"),
    )


class Acceptance(Base, Identified):
    """The berita acara serah terima (BAST) that starts the pay clock; `by` None means that its time ran out."""

    __tablename__ = "acceptance"
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), unique=True)
    by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(server_default=business_time())
