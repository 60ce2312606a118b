"""Numbers without a gap, one paper for each thing, and what happens to one that cannot be printed."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from clothingline.kit import db
from clothingline.kit.clock import business_now, local_date
from clothingline.papers import service
from clothingline.papers.models import Document
from tests.parties import make_tailor

Drain = Callable[[], Awaitable[None]]
FACTS = {"total_idr": 1, "name": "Siti", "work": "tailor", "months": []}


@pytest.fixture
async def belonging(folder: Path) -> service.Belonging:
    async with db.transaction() as session:
        return service.Belonging(organisation_id=(await make_tailor(session)).id)


async def wish(belonging: service.Belonging, subject: str, *, fails: bool = False) -> str:
    """The number of a paper, whose transaction may fail."""
    async with db.transaction() as session:
        now = await business_now(session)
        document = await service.wish(
            session, kind="income_letter", subject=subject, facts=FACTS, belonging=belonging, now=now
        )
        if fails:
            raise RuntimeError
        return document.number


async def year() -> int:
    async with db.transaction() as session:
        return local_date(await business_now(session)).year


async def test_papers_of_a_year_are_numbered_without_a_gap(belonging: service.Belonging) -> None:
    given = await asyncio.gather(*(wish(belonging, f"surat {count}") for count in range(8)))
    assert sorted(given) == [f"SP/{await year()}/{count:06d}" for count in range(1, 9)]
    with pytest.raises(RuntimeError):
        await wish(belonging, "batal", fails=True)
    assert await wish(belonging, "berikut") == f"SP/{await year()}/000009"


async def test_many_wishes_for_one_thing_at_once_are_one_paper(belonging: service.Belonging) -> None:
    given = await asyncio.gather(*(wish(belonging, "surat") for _ in range(8)))
    assert given == [f"SP/{await year()}/000001"] * 8


async def test_facts_that_no_template_takes_leave_a_failed_paper_and_no_file(
    belonging: service.Belonging, folder: Path, drain: Drain
) -> None:
    await wish(belonging, "tanpa bulan")
    await drain()
    async with db.transaction() as session:
        [document] = await session.scalars(select(Document))
    assert (document.state, document.path, document.sha256) == ("failed", None, None)
    assert list(folder.glob("**/*.pdf")) == []  # noqa: ASYNC240  # a look after everything has ended
