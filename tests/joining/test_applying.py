"""An application of a tailor: answers one at a time, handed in, decided; only then is there a workshop."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.models import Account, RoleHeld
from clothingline.accounts.service import found_party, open_account
from clothingline.joining import queries, service
from clothingline.joining.errors import ApplicationClosed, ApplicationIncomplete, ApplicationNotFound, SewsAlready
from clothingline.joining.models import Step, TailorApplication
from clothingline.joining.workshop import LONGEST_DAY, weekday_seconds
from clothingline.kit.access import Membership, Reach, Role
from clothingline.kit.errors import Invalid
from clothingline.reference.errors import RegencyNotFound
from clothingline.reference.wages import fair_piece_rate_idr
from clothingline.settings import JoiningSettings
from clothingline.tailors.models import Tailor
from clothingline.tailors.queries import list_makers
from tests.parties import make_regency

BANDUNG = "32.73"
TODAY = date(2026, 6, 2)
EVERYTHING = Reach(everything=True)
RULES = JoiningSettings(efficiency_permille=500)


@pytest.fixture
async def nining(session: AsyncSession) -> Account:
    """Somebody who has just come in by phone."""
    await make_regency(session, BANDUNG)
    consumer = [Membership(Role.CONSUMER)]
    return await open_account(session, phone="+6281234567891", name="+6281234567891", memberships=consumer)


@pytest.fixture
async def officer(session: AsyncSession) -> Account:
    """Decides."""
    return await open_account(session, phone="+6281234567892", name="Wahyu", memberships=[Membership(Role.ADMIN)])


async def fill(session: AsyncSession, by: UUID) -> TailorApplication:
    """Everything that work needs: twelve shirts a week on three days."""
    await service.start(session, name="Nining Yuningsih", by=by)
    changes = {
        "regency_code": BANDUNG,
        "garments": ["gamis", "kemeja"],
        "machines": ["overlock", "lockstitch"],
        "weekly_pieces": 12,
        "weekdays": [5, 1, 3],
    }
    return await service.answer(session, changes=changes, by=by)


async def decide_yes(session: AsyncSession, application: TailorApplication, officer: Account) -> TailorApplication:
    return await service.admit(
        session, tailor_id=application.id, kind="home", today=TODAY, rules=RULES, reach=EVERYTHING, by=officer.id
    )


def next_steps(application: TailorApplication, done: Sequence[Step] = ()) -> Step | None:
    return application.next_step(application.answered() | set(done))


async def test_whoever_begins_acts_for_a_workshop_that_is_offered_nothing(
    session: AsyncSession, nining: Account
) -> None:
    application = await service.start(session, name="Nining Yuningsih", by=nining.id)
    roles = await session.scalars(select(RoleHeld.role).where(RoleHeld.organisation_id == application.id))
    assert list(roles) == ["tailor"]
    assert nining.name == "Nining Yuningsih"
    assert await session.get(Tailor, application.id) is None
    assert application.id not in {one.id for one in await list_makers(session)}


async def test_beginning_twice_corrects_the_name_of_the_one_application(session: AsyncSession, nining: Account) -> None:
    first = await service.start(session, name="Nining", by=nining.id)
    second = await service.start(session, name="Nining Yuningsih", by=nining.id)
    assert (first.id, nining.name) == (second.id, "Nining Yuningsih")


async def test_whoever_sews_here_already_begins_no_second_workshop(session: AsyncSession, nining: Account) -> None:
    await found_party(session, kind="tailor", name="Nining", role=Role.TAILOR, by=nining.id)
    with pytest.raises(SewsAlready):
        await service.start(session, name="Nining", by=nining.id)


async def test_the_next_question_is_the_first_that_is_neither_answered_nor_passed_over(
    session: AsyncSession, nining: Account
) -> None:
    application = await service.start(session, name="Nining", by=nining.id)
    assert next_steps(application) is Step.PLACE
    await service.skip(session, step=Step.PLACE, by=nining.id)
    assert next_steps(application) is Step.SKILLS
    await service.answer(session, changes={"garments": ["kemeja"]}, by=nining.id)
    assert next_steps(application) is Step.MACHINES
    everything = await fill(session, nining.id)
    assert next_steps(everything) is Step.CERTIFICATE
    assert next_steps(everything, [Step.CERTIFICATE]) is Step.BANK
    assert next_steps(everything, [Step.CERTIFICATE, Step.BANK]) is None


async def test_name_and_skills_cannot_be_passed_over(session: AsyncSession, nining: Account) -> None:
    await service.start(session, name="Nining", by=nining.id)
    with pytest.raises(Invalid):
        await service.skip(session, step=Step.SKILLS, by=nining.id)
    with pytest.raises(ApplicationIncomplete):
        await service.submit(session, by=nining.id)


async def test_answers_outside_the_lists_are_refused(session: AsyncSession, nining: Account) -> None:
    with pytest.raises(ApplicationNotFound):
        await service.answer(session, changes={"garments": ["kemeja"]}, by=nining.id)
    await service.start(session, name="Nining", by=nining.id)
    faults: tuple[dict[str, Any], ...] = (
        {"garments": ["helm"]},
        {"machines": []},
        {"weekdays": [8]},
        {"weekly_pieces": 0},
    )
    for wrong in faults:
        with pytest.raises(Invalid):
            await service.answer(session, changes=wrong, by=nining.id)
    with pytest.raises(RegencyNotFound):
        await service.answer(session, changes={"regency_code": "99.99"}, by=nining.id)


async def test_pieces_are_asked_anew_when_another_garment_comes_first(session: AsyncSession, nining: Account) -> None:
    assert (await fill(session, nining.id)).garments == ["kemeja", "gamis"]
    same = await service.answer(session, changes={"garments": ["kemeja"]}, by=nining.id)
    assert same.weekly_pieces == 12
    other = await service.answer(session, changes={"garments": ["gamis"]}, by=nining.id)
    assert next_steps(other) is Step.PIECES


async def test_an_officers_yes_makes_a_workshop_at_the_fair_rate_with_the_hours_of_its_pieces(
    session: AsyncSession, nining: Account, officer: Account
) -> None:
    application = await fill(session, nining.id)
    await service.submit(session, by=nining.id)
    await decide_yes(session, application, officer)
    workshop = await session.get_one(Tailor, application.id)
    assert workshop.id in {one.id for one in await list_makers(session)}
    assert (workshop.families, workshop.machines) == (["top", "dress"], ["lockstitch", "overlock"])
    assert workshop.rate_idr == fair_piece_rate_idr(BANDUNG, 2026, standard_seconds=60)
    # 12 shirts of 22 minutes at half of standard speed are 31,680 seconds, a third of them on each of three days.
    assert workshop.weekday_seconds == [10_560, 0, 10_560, 0, 10_560, 0, 0]
    assert application.state == "admitted"


async def test_nobody_is_taken_in_who_has_not_handed_in_or_has_left_out_what_work_needs(
    session: AsyncSession, nining: Account, officer: Account
) -> None:
    application = await fill(session, nining.id)
    with pytest.raises(ApplicationClosed):
        await decide_yes(session, application, officer)
    application.regency_code = None
    await session.flush()
    await service.submit(session, by=nining.id)
    with pytest.raises(ApplicationIncomplete) as refusal:
        await decide_yes(session, application, officer)
    assert refusal.value.facts == {"missing": "tempat"}
    assert refusal.value.detail("id").endswith("Isi dulu: Kota.")
    assert refusal.value.detail("en").endswith("Answer first: Town.")
    assert await session.get(Tailor, application.id) is None


async def test_a_refusal_has_a_reason_and_the_application_may_be_handed_in_again(
    session: AsyncSession, nining: Account, officer: Account
) -> None:
    application = await fill(session, nining.id)
    await service.submit(session, by=nining.id)
    await service.refuse(
        session, tailor_id=application.id, reason="Foto contoh jahitan belum ada", reach=EVERYTHING, by=officer.id
    )
    assert (application.state, application.reason) == ("refused", "Foto contoh jahitan belum ada")
    await service.submit(session, by=nining.id)
    await decide_yes(session, application, officer)
    with pytest.raises(ApplicationClosed):
        await service.answer(session, changes={"weekly_pieces": 20}, by=nining.id)
    with pytest.raises(ApplicationClosed):
        await service.submit(session, by=nining.id)


async def test_an_application_is_found_by_its_own_workshop_and_by_officers(
    session: AsyncSession, nining: Account
) -> None:
    application = await service.start(session, name="Nining", by=nining.id)
    own = Reach(organisations={Role.TAILOR: frozenset({application.id})})
    for reach in (own, EVERYTHING):
        assert (await queries.get_application(session, application.id, reach)).id == application.id
    with pytest.raises(ApplicationNotFound):
        await queries.get_application(session, application.id, Reach(account=nining.id))


def test_a_day_of_work_is_never_longer_than_sixteen_hours() -> None:
    application = TailorApplication(garments=["jas"], weekly_pieces=500, weekdays=[1])
    assert weekday_seconds(application, 500) == [LONGEST_DAY, 0, 0, 0, 0, 0, 0]
