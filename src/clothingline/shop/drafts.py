"""Opening the draft behind a link, and going on to its next question."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.garments import queries as garments
from clothingline.garments.models import Design, SizeChart
from clothingline.kit.access import Caller, SignInNeeded
from clothingline.orders import queries as orders
from clothingline.orders import service as order_steps
from clothingline.orders.errors import DraftNotFound, OrderStateConflict
from clothingline.orders.models import Draft, Order
from clothingline.shop import path
from clothingline.shop.answers import Answers
from clothingline.shop.measures import measures_for

OPEN = ("draft", "quoted")


@dataclass
class Opened:
    """A draft as its reader sees it. `word` is that of its link; `order` what was written down from it, if anything."""

    draft: Draft
    word: str
    design: Design
    chart: SizeChart | None
    order: Order | None
    caller: Caller

    @cached_property
    def answers(self) -> Answers:
        """What was answered so far."""
        return Answers.of(self.draft)

    @property
    def way(self) -> path.Way:
        """What decides the order of its questions."""
        measures = measures_for(self.design.garment_type, self.answers.figure)
        return path.Way(measures, bool(self.design.colours or self.design.options), self.caller.account is not None)

    @property
    def placed(self) -> bool:
        """Whether its order waits for money, or is further on: then nothing is asked any more."""
        return self.order is not None and self.order.state not in (*OPEN, "cancelled")

    def href(self, question: str) -> str:
        """Where a question is asked."""
        return f"/pesan/{self.word}/{question}"

    def next(self) -> str:
        """Where to go on: the first question without an answer, or the payment of what was ordered."""
        if self.placed and self.order is not None:
            return f"/pesan/{self.order.code}/bayar"
        return self.href(path.next_question(self.answers, self.way))

    async def keep(self, session: AsyncSession, answers: Answers, measures: dict[str, int] | None = None) -> None:
        """Keep other answers. Raises `OrderStateConflict` once the order is under way."""
        if self.placed and self.order is not None:
            raise OrderStateConflict(state=self.order.state)
        account = self.caller.account
        await order_steps.keep_answers(session, self.draft, answers.kept(), account_id=account, measures=measures)
        self.answers = answers

    async def change(self, session: AsyncSession, **values: Any) -> None:
        """Keep some answers that were given now."""
        await self.keep(session, self.answers.but(**values))


async def open_draft(session: AsyncSession, word: str, caller: Caller, *, lock: bool = False) -> Opened:
    """The draft of a link for whoever may see it: anybody with the link, until it is somebody's.

    Raises `DraftNotFound` (also for another's), or `SignInNeeded` when it is somebody's and nobody is signed in.
    """
    draft = await orders.get_draft(session, order_steps.hash_of(word), lock=lock)
    if draft.account_id is not None and draft.account_id != caller.account:
        raise SignInNeeded if caller.account is None else DraftNotFound
    design, chart = await garments.get_with_chart(session, draft.design_id)
    order = await _order_of(session, draft.order_id)
    return Opened(draft, word, design, chart, order, caller)


async def _order_of(session: AsyncSession, order_id: UUID | None) -> Order | None:
    return None if order_id is None else await orders.get_order_by_id(session, order_id)
