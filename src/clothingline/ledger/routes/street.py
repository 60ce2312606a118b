"""The one router of the ledger, and the days that its reports take."""

from datetime import date
from typing import Annotated

from fastapi import Query

from clothingline.kit.errors import Invalid
from clothingline.kit.http.route import api_router

router = api_router()
FIRST_DAY, LAST_DAY = date(2020, 1, 1), date(2099, 12, 31)
Since = Annotated[
    date | None, Query(alias="from", ge=FIRST_DAY, le=LAST_DAY, description="First day.", examples=["2026-06-01"])
]
Until = Annotated[
    date | None,
    Query(ge=FIRST_DAY, le=LAST_DAY, description="Last day; today unless you name one.", examples=["2026-06-30"]),
]


def check_span(since: date, until: date, *, most_days: int) -> None:
    """Raises `Invalid` for a span that ends before it begins, or is longer."""
    if not 0 <= (until - since).days < most_days:
        words = f"Rentang 1 sampai {most_days} hari", f"A span has 1 to {most_days} days"
        raise Invalid("/until", *words, code="out_of_range")
