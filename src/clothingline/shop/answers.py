"""What somebody has answered on the way to an order, as a draft keeps it."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from clothingline.orders.models import Draft
from clothingline.orders.service import Wish
from clothingline.shop.measures import Figure, sex_of

Amount = Literal["one", "few", "many"]
Way = Literal["saved", "size", "self", "garment", "group"]
FEWEST_OF_MANY = 12
WISHED = frozenset(
    {
        "options",
        "colour",
        "sizes",
        "bodies",
        "way",
        "measurement_set",
        "measured",
        "ceiling_idr",
        "needed_by",
        "regency",
        "amount",
    }
)
"""What a plan was made for: when one of these changes, the chosen plan falls."""


class Chosen(BaseModel):
    """The plan that was chosen, as it was shown."""

    label: str
    price_idr: int
    promise_on: date


class Answers(BaseModel):
    """Everything that has been answered so far; None or empty: not yet.

    `cloth`, `budget`: the page was answered, maybe with "help me choose" or "not known yet". `measured`: codes of the
    body measures that were typed (their values are sealed), `sure` of those that look odd and were said to be right,
    `unsure` of those that must be confirmed before the cut, which may have no value. `bodies`: how many of a group are
    sewn for by their own measures, besides those by size. `ceiling_idr` for one piece. `written`: the draft's order has
    exactly this wish.
    """

    model_config = ConfigDict(extra="ignore")
    amount: Amount | None = None
    options: dict[str, bool | str] = {}
    colour: str | None = None
    cloth: bool = False
    way: Way | None = None
    sizes: dict[str, int] = {}
    bodies: int = 0
    measurement_set: UUID | None = None
    person: UUID | None = None
    label: str | None = None
    figure: Figure | None = None
    consented: bool = False
    measured: list[str] = []
    sure: list[str] = []
    unsure: list[str] = []
    budget: bool = False
    ceiling_idr: int | None = None
    needed_by: date | None = None
    calm: bool = False
    regency: str | None = None
    plan: Chosen | None = None
    name: str | None = None
    phone: str | None = None
    recipient: str | None = None
    street: str | None = None
    written: bool = False

    @classmethod
    def of(cls, draft: Draft) -> "Answers":
        """Those of a draft."""
        return cls.model_validate(draft.answers)

    def kept(self) -> dict[str, Any]:
        """As a draft's row keeps them."""
        return self.model_dump(mode="json", exclude_defaults=True)

    def but(self, **values: Any) -> "Answers":
        """The same with other answers; a plan that was chosen for another wish falls."""
        changed = {name for name, value in values.items() if getattr(self, name) != value}
        fallen = {"plan": None, "written": False} if changed & WISHED else {}
        return self.model_copy(update={**fallen, **values})

    @property
    def pieces(self) -> int:
        """How many, as far as that is known."""
        return (sum(self.sizes.values()) + self.bodies) or 1

    @property
    def to_measure(self) -> bool:
        """Whether measures are being typed for it."""
        return self.way in ("self", "garment") and self.measurement_set is None

    @property
    def sex(self) -> str:
        """Of the body that is measured."""
        return sex_of(self.figure or "woman")

    def wish(self, design: str) -> Wish:
        """What is wished, once amount, size, day and place are known."""
        if self.needed_by is None or self.regency is None:
            raise ValueError("neither day nor place is known yet")
        return Wish(
            design=design,
            options=self.options,
            colour=self.colour,
            measurement_set=self.measurement_set,
            sizes={} if self.measurement_set or self.to_measure else self.sizes,
            needed_by=self.needed_by,
            ceiling_idr=self.ceiling_idr * self.pieces if self.ceiling_idr else None,
            recipient=self.recipient or "",
            street=self.street or "",
            regency=self.regency,
            to_measure=self.to_measure,
            bodies=self.bodies,
        )
