"""The tailor's side: begin, answer one question at a time in any order, hand in."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts import service as accounts
from clothingline.accounts.queries import get_account_for_update, roles_of
from clothingline.joining import queries
from clothingline.joining.errors import ApplicationClosed, ApplicationIncomplete, ApplicationNotFound, SewsAlready
from clothingline.joining.events import ApplicationStarted, TailorApplied
from clothingline.joining.models import APPLICATION, MUST, OPEN, Step, TailorApplication
from clothingline.kit.access import Role
from clothingline.kit.errors import Invalid
from clothingline.kit.events import emit
from clothingline.kit.states import move
from clothingline.reference import facts
from clothingline.reference.queries import get_regency

MOST_PIECES = 500


async def start(session: AsyncSession, *, name: str, by: UUID) -> TailorApplication:
    """Begin with a name, or correct it later. The account is called so from now on.

    Raises `ApplicationClosed`, or `SewsAlready` for a tailor who came in without an application.
    """
    account = await get_account_for_update(session, by)  # two pages at once begin one application
    account.name = name
    known = await queries.find_application(session, by)
    if known is not None:
        _check_open(known)
        await accounts.rename_organisation(session, organisation_id=known.id, name=name)
        return known
    if any(one.role == Role.TAILOR for one in (await roles_of(session, [by]))[by]):
        raise SewsAlready
    party = await accounts.found_party(session, kind="tailor", name=name, role=Role.TAILOR, by=by)
    row = TailorApplication(id=party.id, account_id=by, state="draft", state_by=by)
    session.add(row)
    await session.flush()
    await emit(session, ApplicationStarted(row.id), by=by, audience=[row.id])
    return row


def _check_open(application: TailorApplication) -> None:
    if application.state not in OPEN:
        raise ApplicationClosed(state=application.state)


async def _open_one(session: AsyncSession, by: UUID) -> TailorApplication:
    found = await queries.find_application_for_update(session, by)
    if found is None:
        raise ApplicationNotFound
    _check_open(found)
    return found


async def answer(session: AsyncSession, *, changes: Mapping[str, Any], by: UUID) -> TailorApplication:
    """Keep answers by column. Raises `ApplicationNotFound`, `ApplicationClosed`, `RegencyNotFound` or `Invalid`.

    A number of pieces counts for the first garment, so it is asked anew when another garment comes first.
    """
    application = await _open_one(session, by)
    if code := changes.get("regency_code"):
        await get_regency(session, code=code)
    first = application.garments[:1]
    for column, value in changes.items():
        setattr(application, column, _checked(column, value))
    if application.garments[:1] != first and "weekly_pieces" not in changes:
        application.weekly_pieces = None
    await session.flush()
    return application


def _checked(column: str, value: Any) -> Any:
    if column == "garments":
        return _known("/garments", value, facts.garment_types())
    if column == "machines":
        return _known("/machines", value, facts.MACHINES)
    if column == "weekdays":
        return _known("/weekdays", value, range(1, 8))
    if column == "weekly_pieces" and not 1 <= value <= MOST_PIECES:
        raise Invalid("/weekly_pieces", "Tulis angka dari 1 sampai 500", "Write a number from 1 to 500")
    return value


def _known(pointer: str, chosen: Sequence[Any], known: Any) -> list[Any]:
    """The chosen ones in the order of the list they come from."""
    if not chosen or not set(chosen) <= set(known):
        raise Invalid(pointer, "Pilih paling sedikit satu", "Choose at least one")
    return [one for one in known if one in set(chosen)]


async def skip(session: AsyncSession, *, step: Step, by: UUID) -> TailorApplication:
    """Pass a question over for now. Raises `Invalid` for one that must be answered."""
    application = await _open_one(session, by)
    if step in MUST:
        raise Invalid(f"/{step}", "Ini perlu diisi dulu", "This must be answered first")
    if step not in application.skipped:
        application.skipped = [*application.skipped, step.value]
    await session.flush()
    return application


async def submit(session: AsyncSession, *, by: UUID) -> TailorApplication:
    """Hand the answers in, also again after a refusal. Raises `ApplicationIncomplete` or `ApplicationClosed`."""
    application = await _open_one(session, by)
    if missing := MUST - application.answered():
        raise ApplicationIncomplete(missing)
    moved = await move(session, APPLICATION, TailorApplication, "submit", TailorApplication.id == application.id, by=by)
    if not moved:
        raise ApplicationClosed(state=application.state)
    await emit(session, TailorApplied(application.id), by=by, audience=[application.id])
    return moved[0]
