"""Every mutation with its key: missing, repeated, reused for something else, used by somebody else."""

import json
import re
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from clothingline.kit.access import Relation
from clothingline.kit.http.idempotency import IdempotencyKey
from tests.api.asking import Answer, ask
from tests.api.matrix import Ground, ground
from tests.api.requests_to_each import NEVER, OPERATIONS, WORDS, Operation, content_of
from tests.api.two_worlds import worlds
from tests.api.two_worlds_people import Identity
from tests.pilot_fixture import pilot_template

# fixtures are asked for by their names
__all__ = ["ground", "pilot_template", "worlds"]

KEYED = [one for one in OPERATIONS if one.mutates and not one.own_idempotency]
SECRET = [one for one in KEYED if one.secret_answer]
OPEN = [one for one in KEYED if one not in SECRET]
# What nobody sees a second time, by the names of the fields: the first that an answer has.
SHOWN_ONCE = ("token", "secret", "link", "url")
KEY, SIGNED = "idempotency-key", "authorization"


@dataclass(frozen=True)
class Act:
    """One mutation as somebody does it."""

    method: str
    path: str
    headers: dict[str, str]
    content: bytes

    async def on(self, ground: Ground, **changed: str | None) -> Answer:
        """Send it, with headers changed or (None) left out."""
        named = {name.replace("_", "-"): value for name, value in changed.items()}
        said = {**self.headers, **named}
        given = [(name.encode(), value.encode()) for name, value in said.items() if value is not None]
        return await ask(ground.app, self.method, self.path, given, self.content)


def _doers(operation: Operation, ground: Ground) -> list[Identity]:
    """Who may do it, those first whose rows they are."""
    public = Relation.PUBLIC in operation.grants.values()
    may = [one for one in ground.worlds.identities if public or one.role in operation.grants]
    prefix = operation.prefix
    return sorted(may, key=lambda who: not (prefix and ground.worlds.own(prefix, who)))


def _acts(operation: Operation, who: Identity, ground: Ground) -> list[Act]:
    """The act on each row of the doer's, and on one that does not exist."""
    said = content_of(operation, who, ground.worlds)
    content = json.dumps(said["json"]).encode() if "json" in said else said.get("content", b"")
    kind = {"content-type": "application/json"} if "json" in said else {}
    headers = {**said["headers"], **kind}
    return [Act(operation.method, operation.at(name), headers, content) for name in _names(operation, who, ground)]


def _names(operation: Operation, who: Identity, ground: Ground) -> list[str]:
    prefix = operation.prefix
    if prefix is None:
        return [WORDS.get(operation.parameter or "", ("", ""))[0]]
    rows = (ground.worlds.own(prefix, who) or ground.worlds.others(prefix, who))[:12]
    if prefix == "ses":
        rows.reverse()  # the newest device is the one that asks: who signs it out cannot repeat anything
    return [*(row.name for row in rows if row.name.startswith(f"{prefix}_")), f"{prefix}_{NEVER}"]


async def _best(operation: Operation, ground: Ground) -> Act:
    """The first act that succeeds; where none does in these worlds, the first that is refused."""
    acts = _acts(operation, _doers(operation, ground)[0], ground)
    for act in acts:
        async with ground.undone():
            if (await act.on(ground)).status < 400:
                return act
    return acts[0]


def _plain(answer: Answer) -> tuple[int, bytes]:
    return answer.status, re.sub(rb'"request_id":"[^"]*"', b"", answer.content)


@pytest.mark.parametrize("operation", KEYED, ids=lambda one: one.id)
async def test_without_a_key_nothing_is_done(ground: Ground, operation: Operation) -> None:
    act = _acts(operation, _doers(operation, ground)[0], ground)[0]
    async with ground.undone():
        answer = await act.on(ground, idempotency_key=None)
    assert (answer.status, json.loads(answer.content)["code"]) == (400, "idempotency_key_missing")


@pytest.mark.parametrize("operation", OPEN, ids=lambda one: one.id)
async def test_a_repeat_gets_the_first_answer_byte_for_byte(ground: Ground, operation: Operation) -> None:
    act = await _best(operation, ground)
    async with ground.undone():
        first, again = await act.on(ground), await act.on(ground)
    print(f"{operation.id}: {first.status}")
    assert _plain(first) == _plain(again)
    assert again.header(b"idempotent-replayed") == ("true" if first.status < 400 else "")


@pytest.mark.parametrize("operation", SECRET, ids=lambda one: one.id)
async def test_a_repeat_of_a_secret_answer_is_told_that_it_was_given(ground: Ground, operation: Operation) -> None:
    act = await _best(operation, ground)
    async with ground.undone():
        first, again = await act.on(ground), await act.on(ground)
        stored = await _stored(ground, act.headers[KEY])
    assert first.status == 201
    assert (again.status, json.loads(again.content)["code"]) == (409, "answer_not_kept")
    shown = json.loads(first.content)
    assert next(shown[name] for name in SHOWN_ONCE if name in shown) not in str(stored)
    assert stored == [(201, b"")]


async def _stored(ground: Ground, key: str) -> list[tuple[int, bytes]]:
    async with ground.database.transaction() as session:
        rows = await session.scalars(select(IdempotencyKey).where(IdempotencyKey.key == key))
        return [(row.status, row.body) for row in rows]


@pytest.mark.parametrize("operation", KEYED, ids=lambda one: one.id)
async def test_the_same_key_with_another_request_is_refused(ground: Ground, operation: Operation) -> None:
    act = await _best(operation, ground)
    async with ground.undone():
        first = await act.on(ground)
        other = Act(act.method, act.path, act.headers, act.content + b" ")
        again = await other.on(ground)
    if first.status < 400:
        assert (again.status, json.loads(again.content)["code"]) == (422, "idempotency_key_reused")
    else:
        assert _plain(again)[0] == first.status, "a refusal leaves no trace, so its key is free"


@pytest.mark.parametrize("operation", KEYED, ids=lambda one: one.id)
async def test_the_same_key_of_another_account_is_its_own(ground: Ground, operation: Operation) -> None:
    act = await _best(operation, ground)
    other = next(who for who in reversed(_doers(operation, ground)) if f"Bearer {who.token}" != act.headers.get(SIGNED))
    async with ground.undone():
        await act.on(ground)
        answer = await act.on(ground, authorization=f"Bearer {other.token}" if other.token else None)
    assert answer.header(b"idempotent-replayed") == ""
    assert b'"code":"idempotency' not in answer.content
    assert b'"code":"answer_not_kept"' not in answer.content


def test_only_a_signed_notice_needs_no_key_of_ours() -> None:
    without = {one.id for one in OPERATIONS if one.mutates} - {one.id for one in KEYED}
    assert without == {
        "payment_notices_create",
        "stripe_notices_create",
    }
    assert {one.id for one in SECRET} == {
        "api_tokens_create",
        "payees_onboard",
        "sessions_create",
        "webhook_endpoints_create",
        "webhook_endpoints_rotate",
    }
