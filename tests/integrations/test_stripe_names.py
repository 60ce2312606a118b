"""Every name that the adaptor says to Stripe, and every name that the wire answers, is one of the library's own."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from importlib import import_module
from inspect import signature
from pathlib import Path
from typing import Any

import pytest
import stripe

from clothingline.integrations.payments import Wish
from clothingline.integrations.payments.fake.wire.doors import DOORS
from clothingline.integrations.payments.stripe.client import Client
from tests.integrations.contract import LONG_AGO
from tests.integrations.places import Place, on_the_wire

CLASSES: dict[str, tuple[str, str]] = import_module("stripe._object_classes").OBJECT_CLASSES
Said = list[tuple[Callable[..., Any], dict[str, Any]]]


async def everything(place: Place) -> None:
    """Each call of the port once."""
    provider, hand = place.provider, place.hand
    hand.top_up(1_000_000)
    held = await provider.open_charge(Wish("pay_1", 1_000, "Pesanan", capture="manual", methods=("card",)))
    hand.pay(held.id)
    await provider.capture(held.id, "pay_1", 900)
    await provider.find_charge("pay_1")
    await provider.find_charge("pay_2")
    for reference in ("pay_3", "pay_4"):
        let_go = await provider.open_charge(Wish(reference, 1_000, "Pesanan", capture="manual", methods=("card",)))
        hand.play("needs_action")
        hand.pay(let_go.id)
        await provider.fetch_charge(let_go.id)
        if reference == "pay_4":
            hand.answer_bank(let_go.id)
        await provider.close_charge(let_go.id)
    back = await provider.refund(held.id, "rfd_1", 100)
    await provider.find_refund(held.id, "rfd_1")
    await provider.fetch_refund(back.id)
    await provider.fetch_dispute(hand.open_dispute(held.id).id)
    siti = (await provider.open_payee("org_1", "Siti")).id
    await provider.onboarding_link(siti, "http://toko.test")
    hand.allow(siti)
    await provider.fetch_payee(siti)
    sent = await provider.transfer("out_1", siti, 500)
    await provider.find_transfer("out_1")
    payout = await provider.pay_out("out_1", siti, 300)
    await provider.find_payout(siti, "out_1", LONG_AGO)
    await provider.fetch_payout(siti, payout.id)
    await provider.take_back(sent.id, "back_1", 100)
    await provider.balance()
    for destination in (None, siti):
        await provider.movements(LONG_AGO, datetime.now(UTC) + timedelta(minutes=1), None, destination)


@pytest.fixture
async def talk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Said, list[dict[str, Any]]]:
    """What was said, by method, and what was answered."""
    said: Said = []
    answered: list[dict[str, Any]] = []
    original = Client.call

    async def call(self: Client, method: Callable[..., Any], *names: str, **more: Any) -> dict[str, Any]:
        said.append((method, {name: value for name, value in more.items() if name not in ("key", "payee")}))
        answered.append(await original(self, method, *names, **more))
        return answered[-1]

    monkeypatch.setattr(Client, "call", call)
    async with on_the_wire(tmp_path) as place:
        await everything(place)
    return said, answered


def test_every_call_of_the_port_is_one_that_the_wire_answers(talk: tuple[Said, list[dict[str, Any]]]) -> None:
    methods = {method.__qualname__ for method, _ in talk[0]}
    assert len(methods) == len(DOORS)


def test_every_parameter_is_one_of_the_librarys(talk: tuple[Said, list[dict[str, Any]]]) -> None:
    strange = [name for method, params in talk[0] for name in _strange(_params_of(method), params)]
    assert strange == []


def _params_of(method: Callable[..., Any]) -> Any:
    [name] = re.findall(r"\w+Params", str(signature(method).parameters["params"].annotation))
    service = import_module(method.__module__)
    folder = service.__name__.replace("stripe.", "stripe.params.", 1).rpartition(".")[0]
    return getattr(import_module(folder), name)


def _strange(known: Any, params: dict[str, Any]) -> Iterator[str]:
    """Names that a typed dict of the library does not know, also in what is nested in it."""
    for name, value in params.items():
        if name not in known.__annotations__:
            yield f"{known.__name__}.{name}"
            continue
        nested = re.findall(rf"{known.__name__}\w+", str(known.__annotations__[name]))
        for one in value if isinstance(value, list) else [value]:
            if nested and isinstance(one, dict):
                yield from _strange(getattr(import_module(known.__module__), nested[0]), one)


def test_a_parameter_that_the_library_does_not_know_is_found() -> None:
    known = _params_of(stripe.StripeClient("sk_test_x", http_client=stripe.HTTPXClient()).v1.accounts.create_async)
    assert list(_strange(known, {"settings": {"payouts": {"pace": "slow"}}, "colour": "red"})) == [
        "AccountCreateParamsSettingsPayouts.pace",
        "AccountCreateParams.colour",
    ]


def test_every_field_that_the_wire_answers_is_one_of_the_librarys(talk: tuple[Said, list[dict[str, Any]]]) -> None:
    things = [thing for answer in talk[1] for thing in _things(answer)]
    assert {thing["object"] for thing in things} >= {
        "checkout.session",
        "payment_intent",
        "charge",
        "refund",
        "dispute",
        "account",
        "account_link",
        "transfer",
        "transfer_reversal",
        "payout",
        "balance",
        "balance_transaction",
    }
    assert [name for thing in things for name in _unknown_of(thing)] == []


def _things(value: object) -> Iterator[dict[str, Any]]:
    """Every object in an answer."""
    if isinstance(value, list):
        for one in value:
            yield from _things(one)
    elif isinstance(value, dict):
        if "object" in value:
            yield value
        for one in value.values():
            yield from _things(one)


def _unknown_of(thing: dict[str, Any]) -> list[str]:
    module, name = CLASSES[thing["object"]]
    known = {
        field
        for kind in getattr(import_module(module), name).__mro__
        for field in vars(kind).get("__annotations__", {})
    }
    return [f"{name}.{field}" for field in thing if field not in known | {"object"}]


def test_a_field_that_the_library_does_not_know_is_found() -> None:
    assert _unknown_of({"object": "payout", "amount": 1, "colour": "red"}) == ["Payout.colour"]
