"""A request in Stripe's words, and the answer to it."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import Request as HttpRequest

from clothingline.integrations.payments.fake import requests
from clothingline.integrations.payments.fake.clerk import ACCOUNT, Clerk, File
from clothingline.integrations.payments.fake.requests import Request
from clothingline.integrations.payments.stripe.amounts import rupiah_in

Thing = dict[str, object]


@dataclass(frozen=True)
class Asked:
    """The id in the path, the words of form or query as they are written (`metadata[reference]`), and the account."""

    id: str
    said: dict[str, str]
    account: str

    @property
    def rupiah(self) -> int:
        """The amount."""
        return rupiah_in(int(self.said["amount"]))

    @property
    def reference(self) -> str:
        """What the caller says of the thing."""
        return self.said.get("metadata[reference]", "")

    @property
    def expands_intent(self) -> bool:
        """Whether payment intents are shown in full."""
        return any(word.startswith("payment_intent.") for name, word in self.said.items() if name.startswith("expand"))


Work = Callable[[Clerk, Asked], Thing]


async def read(request: HttpRequest) -> Asked:
    """What was asked."""
    text = (await request.body()).decode() if request.method == "POST" else request.url.query
    said = dict(parse_qsl(text, keep_blank_values=True))
    account = request.headers.get("stripe-account", ACCOUNT)
    return Asked(request.path_params.get("id", ""), said, account)


def answer(books: File, act: str, key: str | None, asked: Asked, work: Work) -> tuple[int, Thing] | None:
    """Status and body; None for an answer that never arrives."""
    words = (asked.id, asked.account, *sorted(asked.said.items()))
    given = requests.answer(books, Request(act, key, words, lambda clerk: work(clerk, asked)))
    if given.dropped:
        return None
    body: Thing = given.body if isinstance(given.body, dict) else {}
    return (given.status, body) if given.status == requests.OK else _fault(given.status, str(body.get("code", "")))


def _fault(status: int, code: str) -> tuple[int, Thing]:
    kinds = {
        requests.REFUSED: (400, "invalid_request_error", code),
        requests.REUSED: (400, "idempotency_error", code),
        requests.UNKNOWN: (404, "invalid_request_error", "resource_missing"),
        requests.RUNNING: (409, "idempotency_error", code),
        requests.BUSY: (429, "invalid_request_error", code),
        requests.BROKEN: (500, "api_error", code),
    }
    said, kind, why = kinds[status]
    return said, {"error": {"type": kind, "code": why, "message": why}}
