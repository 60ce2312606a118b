"""The way through the questions: where it begins, where it goes on, where it ends."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.joining import queries
from clothingline.joining.models import Step, TailorApplication

START, END = "/t/daftar", "/t/daftar/selesai"


async def next_page(session: AsyncSession, application: TailorApplication) -> str:
    """The first question that was not seen yet, else the list at the end; work for whoever was taken in."""
    if application.state == "admitted":
        return "/t"
    step = application.next_step(await queries.steps_done(session, application))
    return f"{START}/{step}" if step else END


def around(step: Step) -> dict[str, Any]:
    """What the page of a question says of its place on the way, and the page before it."""
    steps = list(Step)
    number = steps.index(step)
    before = f"{START}/{steps[number - 1]}" if number else "/"
    return {"number": number + 1, "total": len(steps), "before": before}
