"""A job that has failed at every try waits for an officer, who tries it once more or gives it up, with a reason."""

from typing import Any

import pytest
from sqlalchemy import select, text

from clothingline.accounts import tasks as accounts
from clothingline.kit import db, jobs
from clothingline.kit.dead_jobs import JobDecision
from clothingline.kit.events import Event
from clothingline.kit.ids import new_id
from clothingline.office.effects import EFFECTS
from clothingline.worker import queue
from tests.web.desk import Desk, words_of

JOBS = "/admin/pekerjaan"
KNOWN = "Penyedia sudah kembali, dicek 5 Juni"


async def change(words: str, **given: Any) -> None:
    """A statement without rows."""
    async with db.transaction() as session:
        await session.execute(text(words), given)


async def dead(*, task: str = "accounts.send_code", cause: str = "ConnectError: accounts/tasks.py:20") -> int:
    """A job that has no try left, by its number."""
    async with db.transaction() as session:
        await jobs.defer(session, accounts.send_code, {"code_id": str(new_id())})
        number = int(await session.scalar(text("SELECT max(id) FROM jobs.procrastinate_jobs")) or 0)
    for state in ("doing", "failed"):
        words = "UPDATE jobs.procrastinate_jobs SET status = CAST(:state AS jobs.procrastinate_job_status)"
        await change(f"{words}, task_name = :task, attempts = 14 WHERE id = :number", **locals_of(state, task, number))
    await change(
        "INSERT INTO job_failure (job_id, task, cause) VALUES (:number, :task, :cause)",
        number=number,
        task=task,
        cause=cause,
    )
    return number


def locals_of(state: str, task: str, number: int) -> dict[str, Any]:
    return {"state": state, "task": task, "number": number}


async def stands(number: int) -> tuple[str, int]:
    """State and tries of a job."""
    async with db.transaction() as session:
        words = text("SELECT status::text, attempts FROM jobs.procrastinate_jobs WHERE id = :number")
        row = (await session.execute(words, {"number": number})).one()
        return str(row[0]), int(row[1])


async def decided(number: int) -> list[tuple[str, str]]:
    """What was decided about a job, and why."""
    async with db.transaction() as session:
        rows = await session.scalars(select(JobDecision).where(JobDecision.job_id == number))
        return [(one.act, one.reason) for one in rows]


async def trail() -> list[tuple[str, bool]]:
    """Events of decisions, and whether somebody is named as who did it."""
    async with db.transaction() as session:
        rows = await session.scalars(select(Event).where(Event.name.like("DeadJob%")).order_by(Event.seq))
        return [(one.name, one.actor is not None) for one in rows]


async def test_a_dead_job_is_tried_again_for_a_reason_that_is_kept(wahyu: Desk) -> None:
    number = await dead()
    assert f'href="{JOBS}/{number}"' in await wahyu.page(JOBS)
    said = words_of(await wahyu.page(f"{JOBS}/{number}"))
    assert "Mengirim kode masuk lewat pesan" in said
    assert "ConnectError: accounts/tasks.py:20" in said
    told = await wahyu.follow(await wahyu.send(f"{JOBS}/{number}/ulang", on=f"{JOBS}/{number}", reason=KNOWN))
    assert "Tugas masuk antrean lagi." in told
    assert KNOWN in told
    assert await stands(number) == ("todo", 0)
    assert await decided(number) == [("retry", KNOWN)]
    assert await trail() == [("DeadJobRetried", True)]


async def test_a_dead_job_is_given_up_for_a_reason_that_is_kept(wahyu: Desk) -> None:
    number = await dead()
    act = f"{JOBS}/{number}/hentikan"
    told = await wahyu.follow(await wahyu.send(act, on=f"{JOBS}/{number}", why="Kode sudah lama habis"))
    assert "Tugas dihentikan." in told
    assert (await stands(number))[0] == "cancelled"
    assert await decided(number) == [("drop", "Kode sudah lama habis")]
    assert await trail() == [("DeadJobDropped", True)]


@pytest.mark.parametrize("act", ["ulang", "hentikan"])
async def test_nothing_is_decided_in_silence(wahyu: Desk, act: str) -> None:
    number = await dead()
    answer = await wahyu.send(f"{JOBS}/{number}/{act}", on=f"{JOBS}/{number}", reason="ok", why="ok")
    assert answer.status_code == 422
    assert 'id="f-' in answer.text
    assert (await stands(number))[0] == "failed"
    assert await decided(number) == []


async def test_a_job_of_money_is_tried_again_as_the_clock_would(wahyu: Desk) -> None:
    number = await dead(task="payments.open_balance", cause="KeyError: payments/tasks.py:87")
    page = f"{JOBS}/{number}"
    assert "Mencoba sekarang berbuat hal yang sama." in words_of(await wahyu.page(page))
    await wahyu.follow(await wahyu.send(f"{page}/ulang", on=page, reason=KNOWN))
    assert await stands(number) == ("todo", 0)


@pytest.mark.parametrize("task", ["payments.open_balance", "notices.push_offer"])
async def test_what_has_killed_its_worker_is_tried_again_by_a_person_who_knows_why(wahyu: Desk, task: str) -> None:
    number = await dead(task=task, cause="WorkerDied")
    page = f"{JOBS}/{number}"
    assert "Betulkan dulu sebabnya di program, lalu coba lagi." in words_of(await wahyu.page(page))
    await wahyu.follow(await wahyu.send(f"{page}/ulang", on=page, reason=KNOWN))
    assert await stands(number) == ("todo", 0)


async def test_a_job_is_decided_about_once(wahyu: Desk) -> None:
    number = await dead()
    page = f"{JOBS}/{number}"
    await wahyu.follow(await wahyu.send(f"{page}/ulang", on=page, reason=KNOWN))
    answer = await wahyu.client.post(f"{page}/hentikan", data={"kunci": "k" * 20, "why": "Tidak perlu lagi"})
    assert answer.status_code == 409
    assert await decided(number) == [("retry", KNOWN)]


async def test_an_auditor_looks_and_decides_nothing(retno: Desk) -> None:
    number = await dead()
    page = await retno.page(f"{JOBS}/{number}")
    assert "<form class" not in page.partition("<main")[2]
    answer = await retno.client.post(f"{JOBS}/{number}/ulang", data={"kunci": "k" * 20, "reason": KNOWN})
    assert answer.status_code == 403
    assert (await stands(number))[0] == "failed"


async def test_a_field_officer_does_not_see_the_machines(dian: Desk) -> None:
    await dian.page(f"{JOBS}/{await dead()}", 403)


@pytest.mark.parametrize("number", ["999999999", "99999999999999999999", "satu"])
async def test_a_job_that_is_not_there_is_not_found(wahyu: Desk, number: str) -> None:
    await wahyu.page(f"{JOBS}/{number}", 404)


async def test_the_api_says_and_does_the_same(wahyu: Desk) -> None:
    number = await dead(task="payments.open_balance", cause="WorkerDied")
    token = wahyu.client.cookies["sesi"]
    signed = {"authorization": f"Bearer {token}", "idempotency-key": "k-1"}
    shown = (await wahyu.client.get(f"/v1/background-jobs/{number}", headers=signed)).json()
    assert (shown["state"], shown["dead"]) == ("failed", True)
    dropped = await wahyu.client.post(f"/v1/background-jobs/{number}/drop", headers=signed, json={"reason": KNOWN})
    assert (dropped.status_code, dropped.json()["state"], dropped.json()["dead"]) == (201, "cancelled", False)
    signed["idempotency-key"] = "k-2"
    retried = await wahyu.client.post(f"/v1/background-jobs/{number}/retry", headers=signed, json={"reason": KNOWN})
    assert (retried.status_code, retried.json()["code"]) == (409, "background_job_not_dead")


def test_every_job_says_what_it_does() -> None:
    queue()
    assert jobs.registered().keys() == EFFECTS.keys()
