"""The link by which somebody follows an order without signing in."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from clothingline.kit.db import Base, Stamped


class OrderLink(Base, Stamped):
    """The word behind `/lacak/`; None once its owner has switched it off."""

    __tablename__ = "order_link"
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    token: Mapped[str | None] = mapped_column(unique=True)
