"""The saved measures of whoever is signed in: whose, when and how taken, a look at them, and deleting them."""

from collections import defaultdict
from uuid import UUID

from fastapi import Response

from clothingline.kit.access import Role
from clothingline.kit.http.route import CurrentCaller, Session
from clothingline.kit.page import LARGEST, Window
from clothingline.measurements import queries, service
from clothingline.measurements.models import MeasurementSet
from clothingline.measurements.schemas import PersonId, SetId
from clothingline.reference import facts
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import Show, see
from clothingline.web.words import later

HOME = "/ukuran-saya"
METHODS = {
    "self": later("diukur sendiri"),
    "tailor": later("diukur penjahit"),
    "garment": later("dari baju yang pas"),
    "size": later("dari ukuran jadi"),
}

pages = page_router()


@pages.get(HOME)
@stands_for("people_list", Role.CONSUMER)
async def list_measures(session: Session, caller: CurrentCaller, show: Show) -> Response:
    """Everybody who was measured, without the values."""
    people = (await queries.list_people(session, caller.person, asked=Window(limit=LARGEST))).rows
    sets: dict[UUID, list[MeasurementSet]] = defaultdict(list)
    for one in await queries.list_sets_of_account(session, caller.person):
        sets[one.person_id].append(one)
    found = [(one, service.label_of(one), sets[one.id]) for one in people]
    return show("measurements/list.html", people=found, methods=METHODS)


@pages.get(HOME + "/{set_id}")
@stands_for("measurement_sets_show", Role.CONSUMER)
async def show_measures(set_id: SetId, session: Session, caller: CurrentCaller, show: Show) -> Response:
    """The values; the look is written down."""
    row, values = await service.read_set(session, set_id=set_id, account_id=caller.person)
    person = await queries.get_person(session, row.person_id, caller.person)
    known = [(facts.measurements()[name], value) for name, value in values.items()]
    return show("measurements/show.html", row=row, label=service.label_of(person), measures=known, methods=METHODS)


@pages.get(HOME + "/hapus/{person_id}")
@stands_for("people_erase", Role.CONSUMER)
async def ask_to_erase(person_id: PersonId, session: Session, caller: CurrentCaller, show: Show) -> Response:
    """What deleting means."""
    person = await queries.get_person(session, person_id, caller.person)
    return show("measurements/erase.html", label=service.label_of(person))


@pages.post(HOME + "/hapus/{person_id}")
@stands_for("people_erase", Role.CONSUMER)
async def erase(person_id: PersonId, session: Session, caller: CurrentCaller) -> Response:
    """The key is shredded: nobody can read these measures any more."""
    await service.erase_person(session, person_id=person_id, account_id=caller.person)
    return see(HOME, later("Ukuran badan sudah dihapus dari semua layar penjahit."))
