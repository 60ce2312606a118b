"""Which skills are proven, and until when."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.certification.models import Certificate
from clothingline.certification.number import warnings
from clothingline.certification.queries import PROOFS, in_force, skills_of
from clothingline.kit import db
from clothingline.kit.clock import business_now, local_date
from tests.looking import rows
from tests.parties import make_certificate, make_tailor

LAST = date(2027, 6, 1)
ONE_DAY = timedelta(days=1)


async def test_a_certificate_is_in_force_on_its_last_day_and_not_on_the_next(session: AsyncSession) -> None:
    tailor = await make_tailor(session)
    await make_certificate(session, tailor.id, skills=["obras"], issued_on=date(2024, 6, 2), valid_until=LAST)
    assert await in_force(session, tailor_id=tailor.id, skills={"obras"}, day=LAST) == set()
    assert await in_force(session, tailor_id=tailor.id, skills={"obras"}, day=LAST + ONE_DAY) == {"obras"}


async def test_a_certificate_is_not_in_force_before_its_first_day(session: AsyncSession) -> None:
    tailor = await make_tailor(session)
    await make_certificate(session, tailor.id, skills=["obras"], issued_on=date(2024, 6, 2), valid_until=LAST)
    assert await in_force(session, tailor_id=tailor.id, skills={"obras"}, day=date(2024, 6, 2)) == set()
    assert await in_force(session, tailor_id=tailor.id, skills={"obras"}, day=date(2024, 6, 1)) == {"obras"}


@pytest.mark.parametrize("state", ["uploaded", "refused", "needs_photo"])
async def test_only_a_verified_certificate_proves_a_skill(session: AsyncSession, state: str) -> None:
    tailor = await make_tailor(session)
    row = await make_certificate(session, tailor.id, state=state, skills=["obras"])
    assert await in_force(session, tailor_id=tailor.id, skills={"obras"}, day=row.issued_on) == {"obras"}
    assert await skills_of(session, [tailor.id]) == {tailor.id: {}}


async def test_several_certificates_add_up_and_the_longest_counts(session: AsyncSession) -> None:
    tailor, other = await make_tailor(session), await make_tailor(session)
    short = await make_certificate(session, tailor.id, skills=["obras", "potong"])
    long = await make_certificate(
        session,
        tailor.id,
        scheme_id="blk-menjahit-mesin",
        skills=["obras"],
        valid_until=short.valid_until + timedelta(days=9),
    )
    assert await rows(session, PROOFS.whole) == [
        (tailor.id, "obras", long.valid_until),
        (tailor.id, "potong", short.valid_until),
    ]
    wanted = {"obras", "potong", "bordir"}
    missing = await in_force(session, tailor_id=tailor.id, skills=wanted, day=long.valid_until)
    assert missing == {"potong", "bordir"}
    assert await in_force(session, tailor_id=other.id, skills=wanted, day=short.valid_until) == wanted


async def test_a_certificate_leaves_the_skills_after_its_last_day(
    database: db.Database, advance: Callable[..., Awaitable[None]]
) -> None:
    async with db.transaction() as session:
        tailor = await make_tailor(session)
        today = local_date(await business_now(session))
        await make_certificate(session, tailor.id, skills=["obras"], valid_until=today)
    async with db.transaction() as session:
        assert await rows(session, PROOFS.whole) == [(tailor.id, "obras", today)]
    await advance(hours=24)
    async with db.transaction() as session:
        assert await rows(session, PROOFS.whole) == []


@pytest.mark.parametrize(
    ("days_left", "standing"),
    [(91, "active"), (90, "expiring"), (0, "expiring"), (-1, "expired")],
)
def test_an_active_certificate_is_expiring_for_ninety_days_and_then_expired(days_left: int, standing: str) -> None:
    row = Certificate(state="active", issued_on=date(2024, 6, 2), valid_until=LAST)
    assert row.standing(LAST - timedelta(days=days_left)) == standing


@pytest.mark.parametrize(
    ("number", "issued", "until", "found"),
    [
        ("14111 7531 0005487 2025", date(2025, 6, 2), date(2028, 6, 2), []),
        ("14120 7531 2 0005487 2025", date(2025, 6, 2), date(2028, 6, 1), []),
        ("62010 2514 0005487 2025", date(2025, 6, 2), date(2028, 6, 2), ["unexpected_prefix"]),
        ("14111 7531 0005487 2025", date(2025, 6, 2), date(2028, 6, 3), ["unusual_validity"]),
        ("14111 7531 0005487 2024", date(2024, 2, 29), date(2027, 3, 1), []),
    ],
)
def test_an_unexpected_number_or_validity_is_a_warning(
    number: str, issued: date, until: date, found: list[str]
) -> None:
    row = Certificate(scheme_id="kkni-2-tata-busana", number=number, issued_on=issued, valid_until=until)
    assert warnings(row) == found
