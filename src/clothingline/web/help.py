"""Help, and what these pages promise to everybody who uses them."""

from typing import Annotated

from fastapi import Query, Response

from clothingline.settings import settings
from clothingline.web.route import page_router, public
from clothingline.web.showing import Show

pages = page_router()
About = Annotated[str | None, Query(alias="pesanan", pattern=r"^CL-\d{4}-\d{4,9}$")]


@pages.get("/bantuan")
@public
async def show_help(show: Show, about: About = None) -> Response:
    """Answers to what is asked most, and a person to write to; `about` is the order that a question is about."""
    chosen = settings()
    return show(
        "help/help.html",
        about=about,
        number=chosen.help_number,
        code_minutes=chosen.sign_in.code_minutes,
        report_days=chosen.orders.acceptance_days,
    )


@pages.get("/aksesibilitas")
@public
async def show_accessibility(show: Show) -> Response:
    """What works for everybody, what does not yet, and where to say so."""
    return show("help/accessibility.html")
