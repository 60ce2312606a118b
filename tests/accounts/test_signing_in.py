"""Signing in by one-time code."""

from uuid import uuid4

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts import secrets, service
from clothingline.accounts.errors import CodeWrong
from clothingline.kit.clock import business_now
from clothingline.settings import settings
from tests.cast import Cast


async def test_a_new_phone_signs_in_with_the_code_of_its_message(cast: Cast) -> None:
    rina = await cast.sign_in_by_code("0812-3456-7801")
    me = (await rina.get("/v1/me")).json()
    assert me["phone"] == "+6281234567801"
    assert me["roles"] == [{"role": "consumer", "organisation": None}]


async def test_a_mutation_without_an_idempotency_key_is_refused(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/sign-in-codes", json={"phone": "081234567801"}, headers={"accept-language": "id"})
    assert answer.status_code == 400
    assert answer.json()["code"] == "idempotency_key_missing"


async def test_the_same_key_repeats_the_first_answer_and_another_body_is_refused(client: httpx.AsyncClient) -> None:
    key = {"idempotency-key": str(uuid4())}
    first = await client.post("/v1/sign-in-codes", json={"phone": "081234567801"}, headers=key)
    again = await client.post("/v1/sign-in-codes", json={"phone": "081234567801"}, headers=key)
    other = await client.post("/v1/sign-in-codes", json={"phone": "081234567802"}, headers=key)
    assert first.status_code == 202
    assert (again.content, again.headers["idempotent-replayed"]) == (first.content, "true")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


async def test_a_sixth_guess_is_never_judged_even_when_it_is_right(cast: Cast, client: httpx.AsyncClient) -> None:
    rina = await cast.sign_in_by_code("081234567801")
    await client.post("/v1/sign-in-codes", json={"phone": "081234567801"}, headers={"idempotency-key": "a"})
    await __import__("clothingline.worker").worker.drain()
    code = cast.messages.last_to("+6281234567801")[:6]
    wrong = "000000" if code != "000000" else "000001"
    for guess in [wrong] * 5 + [code]:
        body = {"phone": "081234567801", "code": guess, "device": "HP"}
        answer = await client.post("/v1/sessions", json=body, headers={"idempotency-key": str(uuid4())})
        assert answer.status_code == 401
    assert (await rina.get("/v1/me")).status_code == 200


async def test_a_signed_out_device_is_a_stranger_at_once(cast: Cast) -> None:
    rina = await cast.sign_in_by_code("081234567801")
    [device] = (await rina.get("/v1/sessions")).json()["data"]
    assert (await rina.call("DELETE", f"/v1/sessions/{device['id']}")).status_code == 204
    assert (await rina.get("/v1/me")).status_code == 401


async def test_a_code_opens_no_other_number_than_the_one_to_which_it_was_sent(session: AsyncSession) -> None:
    own, other, rules = "+6281234567899", "+6281234567801", settings().sign_in
    asked = await service.request_code(session, phone=own, now=await business_now(session), rules=rules)
    code = secrets.one_time_code(asked.id)
    with pytest.raises(CodeWrong):
        await service.use_code(session, phone=other, code_id=asked.id, given=code, name="Tamu")
    opened = await service.use_code(session, phone=own, code_id=asked.id, given=code, name="Tamu")
    assert opened.phone == own
