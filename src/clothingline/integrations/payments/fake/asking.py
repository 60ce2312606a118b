"""Asking the fake provider from within the same process: answers become what the port promises."""

import asyncio
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, TypeVar

from clothingline.integrations.payments.fake import requests
from clothingline.integrations.payments.fake.clerk import Clerk, File
from clothingline.integrations.payments.fake.requests import Answer, Request
from clothingline.integrations.payments.faults import (
    Busy,
    ObjectUnknown,
    OutcomeUnknown,
    ProviderFault,
    ReferenceReused,
    Refused,
)
from clothingline.integrations.payments.port import BankPayout, Charge, MoneyBack, Payee, Transfer

Made = TypeVar("Made", Charge, MoneyBack, Payee, Transfer, BankPayout)
T = TypeVar("T")
MADE = {
    "open_charge": Charge,
    "capture": Charge,
    "refund": MoneyBack,
    "open_payee": Payee,
    "transfer": Transfer,
    "take_back": Transfer,
    "pay_out": BankPayout,
}
FAULTS: dict[int, type[ProviderFault]] = {
    requests.REFUSED: Refused,
    requests.REUSED: ReferenceReused,
    requests.UNKNOWN: ObjectUnknown,
    requests.BUSY: Busy,
}


async def make(books: File, act: str, reference: str, said: tuple[object, ...], work: Callable[[Clerk], Made]) -> Made:
    """Do something once under the key of this reference and act; a repeat answers the same."""
    request = Request(act, f"{reference}:{act}", said, lambda clerk: asdict(work(clerk)))
    body: Any = await _answered(books, request)
    made = {field: tuple(value) if isinstance(value, list) else value for field, value in body.items()}
    kind: Any = MADE[act]
    return kind(**made)  # type: ignore[no-any-return]  # the table says what each act makes


async def ask(books: File, act: str, work: Callable[[Clerk], T]) -> T:
    """Look something up, or do what may be done any number of times."""
    found: Any = await _answered(books, Request(act, None, (), work))
    return found  # type: ignore[no-any-return]  # the answer to a request without a key is what its work has found


async def _answered(books: File, request: Request) -> object:
    given = await asyncio.to_thread(requests.answer, books, request)
    if given.dropped or given.status in (requests.BROKEN, requests.RUNNING):
        raise OutcomeUnknown("reply lost" if given.dropped else _code(given))
    if given.status != requests.OK:
        raise FAULTS[given.status](_code(given))
    return given.body


def _code(given: Answer) -> str:
    return str(given.body["code"]) if isinstance(given.body, dict) else ""
