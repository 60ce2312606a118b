"""Saying what a measure is that nobody was sure of: the same form for who sews and for who cuts."""

import re
from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Reach
from clothingline.kit.errors import Invalid
from clothingline.production import service
from clothingline.web.forms import PageForm
from clothingline.web.words import later

CONFIRMED = later("Ukuran dipastikan. Tercatat oleh siapa dan kapan.")


class Confirming(PageForm):
    """Which measure, and its centimetres; empty: as it stands."""

    measurement: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    value: str | None = None


async def confirm(session: AsyncSession, job_id: UUID, form: Confirming, *, reach: Reach, by: UUID) -> None:
    """Keep it. Raises as `service.confirm_measure`, or `Invalid` at `/value`."""
    mm = None if form.value is None else millimetres(form.value)
    await service.confirm_measure(session, job_id=job_id, measurement=form.measurement, value=mm, reach=reach, by=by)


def millimetres(typed: str) -> int:
    """Centimetres as people write them, `92,5`. Raises `Invalid` at `/value`."""
    found = re.fullmatch(r"(\d{1,3})(?:[.,](\d))?\s*(?:cm)?", typed.strip().lower())
    if found is None:
        raise Invalid(
            "/value",
            "Tulis angka dalam sentimeter, misalnya 92 atau 92,5.",
            "Write a number of centimetres, such as 92 or 92.5.",
            code="not_a_length",
        )
    return int(found[1]) * 10 + int(found[2] or 0)
