"""The addresses, and a connection that breaks where the answer is lost."""

import asyncio
from typing import Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from clothingline.integrations.payments.fake.clerk import File
from clothingline.integrations.payments.fake.wire import works
from clothingline.integrations.payments.fake.wire.asked import Work, answer, read

# Method, address, the act of the port that it belongs to (see `modes`), and what is done.
DOORS: Final[tuple[tuple[str, str, str, Work], ...]] = (
    ("POST", "/v1/checkout/sessions", "open_charge", works.open_session),
    ("GET", "/v1/checkout/sessions", "find_charge", works.list_sessions),
    ("GET", "/v1/checkout/sessions/{id}", "fetch_charge", works.show_session),
    ("POST", "/v1/checkout/sessions/{id}/expire", "close_charge", works.expire_session),
    ("GET", "/v1/charges", "find_charge", works.list_charges),
    ("POST", "/v1/payment_intents/{id}/capture", "capture", works.capture_intent),
    ("POST", "/v1/payment_intents/{id}/cancel", "close_charge", works.cancel_intent),
    ("POST", "/v1/refunds", "refund", works.make_refund),
    ("GET", "/v1/refunds", "find_refund", works.list_refunds),
    ("GET", "/v1/refunds/{id}", "fetch_refund", works.show_refund),
    ("GET", "/v1/disputes/{id}", "fetch_dispute", works.show_dispute),
    ("POST", "/v1/accounts", "open_payee", works.open_account),
    ("GET", "/v1/accounts/{id}", "fetch_payee", works.show_account),
    ("POST", "/v1/account_links", "onboarding_link", works.link_account),
    ("POST", "/v1/transfers", "transfer", works.make_transfer),
    ("GET", "/v1/transfers", "find_transfer", works.list_transfers),
    ("GET", "/v1/transfers/{id}", "fetch_transfer", works.show_transfer),
    ("POST", "/v1/transfers/{id}/reversals", "take_back", works.reverse_transfer),
    ("POST", "/v1/payouts", "pay_out", works.make_payout),
    ("GET", "/v1/payouts", "find_payout", works.list_payouts),
    ("GET", "/v1/payouts/{id}", "fetch_payout", works.show_payout),
    ("GET", "/v1/balance", "balance", works.show_balance),
    ("GET", "/v1/balance_transactions", "movements", works.list_moved),
)


class Lost(Response):
    """An answer of which only the beginning arrives: the rest is waited for until the connection breaks."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Promise more than is sent."""
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"100")]})
        await send({"type": "http.response.body", "body": b"{", "more_body": False})


def wire(books: File) -> Starlette:
    """The addresses of Stripe that the adaptor uses, over these books. Any key is good."""
    routes = [_route(books, method, address, act, work) for method, address, act, work in DOORS]
    return Starlette(routes=routes)


def _route(books: File, method: str, address: str, act: str, work: Work) -> Route:
    async def door(request: Request) -> Response:
        asked = await read(request)
        key = request.headers.get("idempotency-key") if method == "POST" else None
        given = await asyncio.to_thread(answer, books, act, key, asked, work)
        return Lost() if given is None else JSONResponse(given[1], given[0])

    return Route(address, door, methods=[method], name=f"{method} {address}")
