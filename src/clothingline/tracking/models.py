"""The link by which somebody follows an order without signing in, and who has tried to find one."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from clothingline.kit.db import Base, Identified, Stamped


class OrderLink(Base, Stamped):
    """The word behind `/lacak/`; None once its owner has switched it off."""

    __tablename__ = "order_link"
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    token: Mapped[str | None] = mapped_column(unique=True)


class OrderGuess(Base, Identified, Stamped):
    """Somebody has asked for an order by its code and a number (E.164), right or wrong; gone after an hour."""

    __tablename__ = "order_guess"
    code: Mapped[str] = mapped_column(index=True)
    phone: Mapped[str] = mapped_column(index=True)
