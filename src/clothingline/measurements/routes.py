"""People and their measures. Every look at values is written down."""

from fastapi import Response

from clothingline.kit.clock import business_now, local_date
from clothingline.kit.http.listing import Asked, Listing
from clothingline.kit.http.route import CurrentCaller, Session, api_router
from clothingline.measurements import queries, schemas, service
from clothingline.reference import facts

router = api_router()


@router.get("/measurement-types", tags=["measurement_types"], name="list")
async def list_measurement_types() -> Listing[schemas.MeasurementTypeOut]:
    """Everything that can be measured, on one page, with its unit and limits."""
    known = [schemas.MeasurementTypeOut.of(one) for one in facts.measurements().values()]
    return Listing(data=known, has_more=False, next_cursor=None)


@router.post("/people", status_code=201, tags=["people"], name="create")
async def add_person(body: schemas.PersonCreate, session: Session, caller: CurrentCaller) -> schemas.PersonAdded:
    """Add somebody whom you measure."""
    person = await service.add_person(session, account_id=caller.person, label=body.label, sex=body.sex)
    return schemas.PersonAdded.model_validate(person, from_attributes=True)


@router.get("/people", tags=["people"], name="list")
async def list_people(session: Session, caller: CurrentCaller, asked: Asked) -> Listing[schemas.PersonOut]:
    """The people whom you measure."""
    page = await queries.list_people(session, caller.person, asked=asked)
    return Listing(**page.listing([schemas.PersonOut.of(person, service.label_of(person)) for person in page.rows]))


@router.delete("/people/{person_id}", status_code=204, tags=["people"], name="erase")
async def erase_person(person_id: schemas.PersonId, session: Session, caller: CurrentCaller) -> Response:
    """Erase a person for good: the key is destroyed, so that nobody can read the label or the measures again."""
    await service.erase_person(session, person_id=person_id, account_id=caller.person)
    return Response(status_code=204)


@router.post("/people/{person_id}/measurement-sets", status_code=201, tags=["measurement_sets"], name="create")
async def store_set(
    person_id: schemas.PersonId, body: schemas.SetCreate, session: Session, caller: CurrentCaller
) -> schemas.SetSummary:
    """Store measures as a new version; doubts say what to measure again. Needs consent to `measurements`."""
    today = local_date(await business_now(session))
    taken = service.Taken(body.values, body.method, body.measurer, body.measured_on, body.confirmed, body.unsure)
    row = await service.store_set(session, person_id=person_id, account_id=caller.person, taken=taken, today=today)
    return schemas.SetSummary.of(row)


@router.get("/people/{person_id}/measurement-sets", tags=["measurement_sets"], name="list")
async def list_sets(
    person_id: schemas.PersonId, session: Session, caller: CurrentCaller, asked: Asked
) -> Listing[schemas.SetSummary]:
    """The versions of a person's measures, without values."""
    person = await queries.get_person(session, person_id, caller.person)
    page = await queries.list_sets(session, person.id, asked=asked)
    return Listing(**page.listing([schemas.SetSummary.of(row) for row in page.rows]))


@router.get("/measurement-sets/{set_id}", tags=["measurement_sets"], name="show")
async def show_set(set_id: schemas.SetId, session: Session, caller: CurrentCaller) -> schemas.SetOut:
    """One version with its values; the look is written down."""
    row, values = await service.read_set(session, set_id=set_id, account_id=caller.person)
    return schemas.SetOut(**schemas.SetSummary.of(row).model_dump(), values=values)
