"""The one router of the ledger, and the days that its reports take."""

from datetime import date
from typing import Annotated

from fastapi import Query

from clothingline.kit.http.route import api_router
from clothingline.ledger.statements import FIRST_DAY, LAST_DAY

router = api_router()
Since = Annotated[
    date | None, Query(alias="from", ge=FIRST_DAY, le=LAST_DAY, description="First day.", examples=["2026-06-01"])
]
Until = Annotated[
    date | None,
    Query(ge=FIRST_DAY, le=LAST_DAY, description="Last day; today unless you name one.", examples=["2026-06-30"]),
]
