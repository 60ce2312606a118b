"""Work shared fairly: what every maker was offered and has declared lately, and how far it is behind its share."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import DateTime, bindparam, func, literal_column, select

from clothingline.kit.clock import WIB
from clothingline.kit.db import Listing
from clothingline.matching import Makers, fairness
from clothingline.routing.models import Offer
from clothingline.routing.standing import SKILL_BIT, Kept, bits


class Asked(NamedTuple):
    """Seconds of its own time that were offered to a maker for work with these skills."""

    tailor_id: UUID
    skills: list[str]
    seconds: int


def _asked() -> Any:
    """Offers count whatever the maker answered, for to decline never costs; one that was withdrawn counts no more."""
    # A parameter would hide the partial index from a plan of the database that is kept.
    tailor: Any = literal_column("'tailor'")
    return (
        select(Offer.organisation_id, Offer.skills, func.sum(Offer.sewing_seconds))
        .where(Offer.kind == tailor, Offer.state != "withdrawn", Offer.sewing_seconds.is_not(None))
        .where(Offer.created_at >= bindparam("since", type_=DateTime(timezone=True)))
        .group_by(Offer.organisation_id, Offer.skills)
        .order_by(Offer.organisation_id, Offer.skills)
    )


ASKED = Listing(
    _asked(), Offer.organisation_id, lambda tailor_id, skills, seconds: Asked(tailor_id, skills, int(seconds))
)


def first_monday(monday: date) -> date:
    """The Monday from which offers and declared time count, when the running week begins on `monday`."""
    return monday - timedelta(weeks=fairness.WEEKS - 1)


def begin_of(day: date) -> datetime:
    """The first instant of a day."""
    return datetime.combine(day, time.min, WIB)


@Kept
def credits_of(
    makers: Makers, rows: Mapping[UUID, int], asked: Mapping[UUID, Sequence[Asked]], declared: Mapping[UUID, int]
) -> NDArray[np.int64]:
    """The fair credit (makers,) in permille, with the row of each maker by id."""
    known = [one for tailor_id in rows for one in asked.get(tailor_id, ())]
    offered = fairness.Offered(
        maker=np.array([rows[one.tailor_id] for one in known], dtype=np.int64),
        need_skills=np.array([bits(one.skills, SKILL_BIT) for one in known], dtype=np.uint64),
        seconds=np.array([one.seconds for one in known], dtype=np.int64),
    )
    return fairness.credit(makers, offered, np.array([declared.get(one, 0) for one in rows], dtype=np.int64))
