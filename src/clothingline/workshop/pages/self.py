"""The tailor's own page, help, what waits on the phone, and the page for when nothing is kept."""

from fastapi import Response

from clothingline.accounts.queries import contacts_of, names_of
from clothingline.certification.queries import skills_of
from clothingline.kit.access import Role
from clothingline.kit.http.route import CurrentReach, Session
from clothingline.reference import facts
from clothingline.web.route import open_to, page_router, public, stands_for
from clothingline.web.showing import Show
from clothingline.workshop.calendar import own_workshop

pages = page_router()


@pages.get("/t/saya")
@stands_for("tailors_show", Role.TAILOR)
async def show_self(session: Session, reach: CurrentReach, show: Show) -> Response:
    """Who I am here: workshop, skills with their last day, phone, language, and the way out."""
    tailor = await own_workshop(session, reach)
    skills = (await skills_of(session, [tailor.id]))[tailor.id]
    return show(
        "workshop/self.html",
        tailor=tailor,
        name=(await names_of(session, [tailor.id]))[tailor.id],
        town=facts.regencies()[tailor.regency_code].name,
        skills=[(facts.skills()[slug], until) for slug, until in sorted(skills.items())],
        contacts=await contacts_of(session, tailor.id),
    )


@pages.get("/t/bantuan")
@open_to(Role.TAILOR)
async def show_help(show: Show) -> Response:
    """What to do when something does not work."""
    return show("workshop/help.html")


@pages.get("/t/antrean")
@open_to(Role.TAILOR)
async def show_queue(show: Show) -> Response:
    """What the phone still keeps; the list itself is made on the phone."""
    return show("workshop/queue.html")


@pages.get("/t/luring")
@public
async def show_nothing_kept(show: Show) -> Response:
    """No signal, and this page was never opened before."""
    return show("workshop/offline.html")
