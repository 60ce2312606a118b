"""Stripe behind the port: hundredths, the errors of its library, its notices, and how its objects are read."""

import hmac
import json
import random
from collections.abc import Callable, Sequence
from typing import Any

import httpx
import pytest
import stripe

from clothingline.integrations.payments import (
    Busy,
    NotSigned,
    NotWholeRupiah,
    ObjectUnknown,
    OutcomeUnknown,
    ProviderFault,
    ReferenceReused,
    Refused,
    Wish,
)
from clothingline.integrations.payments.fake.books import Books
from clothingline.integrations.payments.stripe import notices
from clothingline.integrations.payments.stripe.amounts import hundredths_of, rupiah_in
from clothingline.integrations.payments.stripe.client import fault_of
from clothingline.integrations.payments.stripe.objects import charge_of, payee_of
from tests.integrations.places import Place, served, stripe_at

SECRET, NOW = "whsec_rahasia", 1_780_362_000


def test_idr_is_multiplied_by_a_hundred_once_and_a_broken_amount_is_not_rounded() -> None:
    for amount in (0, 1, 150_000, 10**12):
        assert hundredths_of(amount) == amount * 100
        assert rupiah_in(hundredths_of(amount)) == amount
    for broken in (1, 99, 15_000_001, -50):
        with pytest.raises(NotWholeRupiah):
            rupiah_in(broken)


async def test_the_amount_on_the_wire_is_in_hundredths_and_in_the_books_whole(tmp_path: Any) -> None:
    books = Books(tmp_path / "books.db", "http://bayar.test")
    async with served(books) as address, httpx.AsyncClient(base_url=address) as http:
        async with stripe_at("sk_test_wire", address) as provider:
            charge = await provider.open_charge(Wish("pay_1", 150_000, "Pesanan"))
        shown = (await http.get(f"/v1/checkout/sessions/{charge.id}")).json()
    assert (shown["amount_total"], charge.amount_idr) == (15_000_000, 150_000)
    with books.reading() as clerk:
        assert clerk.count("SELECT amount_idr FROM charge") == 150_000


def _error(kind: type[stripe.StripeError], status: int | None, code: str | None = None) -> stripe.StripeError:
    if issubclass(kind, stripe.CardError | stripe.InvalidRequestError):
        return kind("said", None, code, http_status=status)
    return kind("said", http_status=status, code=code)


def _unreachable(cause: Exception) -> stripe.StripeError:
    error = stripe.APIConnectionError("said")  # type: ignore[no-untyped-call]  # the library forgot the type
    error.__cause__ = cause
    return error


FAULTS: list[tuple[stripe.StripeError, type[ProviderFault]]] = [
    (_error(stripe.CardError, 402, "card_declined"), Refused),
    (_error(stripe.InvalidRequestError, 400, "balance_insufficient"), Refused),
    (_error(stripe.PermissionError, 403), Refused),
    (_error(stripe.InvalidRequestError, 404, "resource_missing"), ObjectUnknown),
    (_error(stripe.IdempotencyError, 400), ReferenceReused),
    (_error(stripe.RateLimitError, 429), Busy),
    (_error(stripe.AuthenticationError, 401), Busy),
    (_error(stripe.APIError, 409, "idempotency_key_in_use"), OutcomeUnknown),
    (_error(stripe.APIError, 500), OutcomeUnknown),
    (_error(stripe.APIError, 503), OutcomeUnknown),
    (_unreachable(httpx.ConnectError("no")), Busy),
    (_unreachable(httpx.ConnectTimeout("no")), Busy),
    (_unreachable(httpx.PoolTimeout("no")), Busy),
    (_unreachable(httpx.ReadTimeout("no")), OutcomeUnknown),
    (_unreachable(httpx.RemoteProtocolError("no")), OutcomeUnknown),
    (_unreachable(httpx.WriteError("no")), OutcomeUnknown),
]


@pytest.mark.parametrize(("error", "meant"), FAULTS, ids=lambda one: type(one).__name__)
def test_each_error_of_the_library_is_refused_busy_or_unknown(
    error: stripe.StripeError, meant: type[ProviderFault]
) -> None:
    assert type(fault_of(error)) is meant


async def test_nobody_at_the_address_is_busy_because_nothing_was_sent() -> None:
    async with stripe_at("sk_test_wire", "http://127.0.0.1:1") as provider:
        with pytest.raises(Busy, match="ConnectError"):
            await provider.transfer("out_1", "acct_1", 1)


@pytest.mark.parametrize(
    ("mode", "meant"),
    [
        ("apply_then_drop", OutcomeUnknown),
        ("error_after", OutcomeUnknown),
        ("still_running", OutcomeUnknown),
        ("busy_before", Busy),
    ],
)
async def test_what_is_played_reaches_the_caller_as_what_it_is(
    place: Place, mode: str, meant: type[ProviderFault]
) -> None:
    place.hand.play(mode, on="open_charge")
    with pytest.raises(meant):
        await place.provider.open_charge(Wish("pay_1", 1_000, "Pesanan"))
    found = await place.provider.find_charge("pay_1")
    assert (found is not None) is (mode in ("apply_then_drop", "error_after"))


@pytest.mark.parametrize(("key", "live"), [("sk_test_1", False), ("rk_live_1", True), ("sk_live_1", True)])
async def test_the_key_says_whether_money_is_real(key: str, live: bool) -> None:
    async with stripe_at(key, "http://127.0.0.1:1") as provider:
        assert provider.livemode is live


def event(happened: str, thing: dict[str, Any], **more: object) -> bytes:
    """A notice as Stripe writes it."""
    said = {"id": "evt_1", "object": "event", "type": happened, "livemode": False, "data": {"object": thing}, **more}
    return json.dumps(said).encode()


BODY = event("checkout.session.completed", {"id": "cs_1", "object": "checkout.session"})


def read(body: bytes, header: str, now: int = NOW, secrets: Sequence[str] = (SECRET,)) -> Any:
    """What a notice says."""
    return notices.read(secrets, {"Stripe-Signature": header}, body, now)


def test_a_notice_is_signed_as_the_library_signs_it() -> None:
    theirs = stripe.WebhookSignature.generate_signature_header(BODY.decode(), SECRET, NOW)
    assert notices.sign(SECRET, timestamp=NOW, body=BODY) == theirs
    told = read(BODY, theirs)
    assert (told.notice, told.object_kind, told.object, told.account) == ("evt_1", "charge", "cs_1", "platform")
    assert (told.livemode, told.body["type"]) == (False, "checkout.session.completed")


HEADERS: dict[str, Callable[[], tuple[bytes, str]]] = {
    "other_secret": lambda: (BODY, notices.sign("whsec_lain", timestamp=NOW, body=BODY)),
    "too_old": lambda: (BODY, notices.sign(SECRET, timestamp=NOW - 301, body=BODY)),
    "from_the_future": lambda: (BODY, notices.sign(SECRET, timestamp=NOW + 301, body=BODY)),
    "other_bytes": lambda: (BODY + b" ", notices.sign(SECRET, timestamp=NOW, body=BODY)),
    "no_header": lambda: (BODY, ""),
    "no_time": lambda: (BODY, notices.sign(SECRET, timestamp=NOW, body=BODY).partition(",")[2]),
    "two_times": lambda: (BODY, f"t={NOW}," + notices.sign(SECRET, timestamp=NOW, body=BODY)),
    "other_scheme": lambda: (BODY, notices.sign(SECRET, timestamp=NOW, body=BODY).replace("v1=", "v0=")),
    "not_a_notice": lambda: (b"[]", notices.sign(SECRET, timestamp=NOW, body=b"[]")),
    "not_json": lambda: (b"\xff{", notices.sign(SECRET, timestamp=NOW, body=b"\xff{")),
    "no_object": lambda: (b'{"id": "evt_1"}', notices.sign(SECRET, timestamp=NOW, body=b'{"id": "evt_1"}')),
}


@pytest.mark.parametrize("forgery", HEADERS)
def test_a_notice_reads_only_with_its_own_scheme_and_within_300_s(forgery: str) -> None:
    body, header = HEADERS[forgery]()
    with pytest.raises(NotSigned):
        read(body, header)
    assert read(BODY, notices.sign(SECRET, timestamp=NOW - 300, body=BODY)).notice == "evt_1"


@pytest.mark.parametrize("secrets", [(), ("",), (SECRET, "")])
def test_without_a_secret_nothing_is_believed(secrets: Sequence[str]) -> None:
    digest = hmac.digest(b"", f"{NOW}.".encode() + BODY, "sha256").hex()
    with pytest.raises(NotSigned):
        read(BODY, f"t={NOW},v1={digest}", secrets=secrets)


def test_the_endpoint_for_connected_accounts_signs_with_a_secret_of_its_own() -> None:
    header = notices.sign("whsec_payees", timestamp=NOW, body=BODY)
    assert read(BODY, header, secrets=(SECRET, "whsec_payees")).notice == "evt_1"
    with pytest.raises(NotSigned):
        read(BODY, header)


@pytest.mark.prove
def test_ten_thousand_mutations_of_a_signed_notice_are_all_refused() -> None:
    seed = random.randrange(2**32)
    print("SEED", seed)
    chance, header = random.Random(seed), notices.sign(SECRET, timestamp=NOW, body=BODY)
    for _ in range(10_000):
        with pytest.raises(NotSigned):
            read(*_mutated(chance, BODY, header))


def _mutated(chance: random.Random, body: bytes, header: str) -> tuple[bytes, str]:
    """One byte of the body or of the header's time or digest is another one."""
    if chance.random() < 0.5:
        place = chance.randrange(len(body))
        return body[:place] + bytes([body[place] ^ chance.randrange(1, 256)]) + body[place + 1 :], header
    place = chance.choice([at for at, letter in enumerate(header) if letter in "0123456789abcdef" and at != 14])
    other = chance.choice([letter for letter in "0123456789abcdef" if letter != header[place]])
    return body, header[:place] + other + header[place + 1 :]


@pytest.mark.parametrize(
    ("happened", "thing", "kind", "named"),
    [
        ("checkout.session.expired", {"id": "cs_1", "object": "checkout.session"}, "charge", "cs_1"),
        ("payment_intent.succeeded", {"id": "pi_1", "object": "payment_intent"}, None, "pi_1"),
        ("charge.refunded", {"id": "ch_1", "object": "charge", "payment_intent": "pi_1"}, None, "ch_1"),
        ("charge.dispute.created", {"id": "dp_1", "object": "dispute", "status": "needs_response"}, "dispute", "dp_1"),
        ("charge.dispute.closed", {"id": "dp_1", "object": "dispute", "status": "warning_closed"}, None, "dp_1"),
        ("charge.dispute.closed", {"id": "dp_1", "object": "dispute", "status": "prevented"}, None, "dp_1"),
        ("refund.failed", {"id": "re_1", "object": "refund"}, "refund", "re_1"),
        ("charge.refund.updated", {"id": "re_1", "object": "refund"}, "refund", "re_1"),
        ("transfer.reversed", {"id": "tr_1", "object": "transfer"}, "transfer", "tr_1"),
        ("account.updated", {"id": "acct_1", "object": "account"}, None, "acct_1"),
        ("payout.paid", {"id": "po_1", "object": "payout"}, None, "po_1"),
        ("customer.created", {"id": "cus_1", "object": "customer"}, None, "cus_1"),
    ],
)
def test_a_notice_says_what_is_to_be_fetched(happened: str, thing: dict[str, Any], kind: str, named: str) -> None:
    body = event(happened, thing)
    told = read(body, notices.sign(SECRET, timestamp=NOW, body=body))
    assert (told.object_kind, told.object) == (kind, named)


def test_a_notice_of_a_payees_account_names_it() -> None:
    body = event("payout.paid", {"id": "po_1", "object": "payout"}, account="acct_1", livemode=True)
    told = read(body, notices.sign(SECRET, timestamp=NOW, body=body))
    assert (told.object_kind, told.object, told.account, told.livemode) == ("payout", "po_1", "acct_1", True)
    body = event("account.updated", {"id": "acct_1", "object": "account"}, account="acct_1")
    told = read(body, notices.sign(SECRET, timestamp=NOW, body=body))
    assert (told.object_kind, told.object, told.account) == ("payee", "acct_1", "acct_1")


async def test_a_charge_is_known_by_its_payment_intent_too(tmp_path: Any) -> None:
    books = Books(tmp_path / "books.db", "http://bayar.test")
    async with served(books) as address, stripe_at("sk_test_wire", address) as provider:
        charge = await provider.open_charge(Wish("pay_1", 1_000, "Pesanan"))
        books.pay(charge.id)
        assert await provider.fetch_charge(charge.id.replace("chg_", "pi_")) == await provider.fetch_charge(charge.id)


SESSION: dict[str, Any] = {
    "id": "cs_1",
    "client_reference_id": "pay_1",
    "amount_total": 100_000,
    "currency": "idr",
    "livemode": False,
    "payment_intent": None,
    "status": "open",
    "url": "https://bayar.test",
}


def test_a_fee_in_another_currency_is_no_fee_that_we_know() -> None:
    moved = {"fee": 29, "currency": "usd"}
    money = {"amount_refunded": 0, "payment_method_details": None, "balance_transaction": moved}
    intent = {"status": "succeeded", "amount_received": 100_000, "latest_charge": money}
    charge = charge_of({**SESSION, "payment_intent": intent})
    assert (charge.status, charge.captured_idr, charge.fee_idr, charge.method) == ("paid", 1_000, None, None)


def test_a_session_of_a_broken_amount_is_no_charge_of_ours() -> None:
    with pytest.raises(NotWholeRupiah):
        charge_of({**SESSION, "amount_total": 100_050})


def test_an_account_without_anything_can_do_nothing() -> None:
    payee = payee_of({"id": "acct_1", "metadata": {}, "country": "SG", "payouts_enabled": False})
    assert (payee.reference, payee.can_receive, payee.requirements, payee.bank_last4) == ("", False, (), None)
