"""Stripe's own client, asynchronous, without retries of its own: what to do after a fault is decided by who asks."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

import httpx
import stripe

from clothingline.integrations.payments.faults import (
    Busy,
    ObjectUnknown,
    OutcomeUnknown,
    ProviderFault,
    ReferenceReused,
    Refused,
)

PATIENCE: Final = httpx.Timeout(10, connect=5)
PAGE: Final = 100
PAGES: Final = 50
NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
Thing = dict[str, Any]
Method = Callable[..., Awaitable[Any]]


class _Http(stripe.HTTPXClient):
    """The library's own client hands httpx a text as `data`, which httpx warns of."""

    async def request_async(
        self, method: str, url: str, headers: Mapping[str, str], post_data: str | bytes | None = None
    ) -> tuple[bytes, int, Mapping[str, str]]:
        """One request. Raises `stripe.APIConnectionError` from what httpx has raised."""
        try:
            answer = await self._client_async.request(method, url, headers=headers, content=post_data, timeout=PATIENCE)
        except httpx.HTTPError as error:
            fault = stripe.APIConnectionError(type(error).__name__)  # type: ignore[no-untyped-call]  # as the library is
            raise fault from error
        return answer.content, answer.status_code, answer.headers


class Client:
    """`key` is the secret key; `address` another one than Stripe's, of something that speaks like it."""

    def __init__(self, key: str, address: str | None = None) -> None:
        self._http = _Http()
        addresses: Any = {"api": address} if address else {}
        client = stripe.StripeClient(key, http_client=self._http, max_network_retries=0, base_addresses=addresses)
        self.v1 = client.v1

    async def call(
        self, method: Method, *names: str, key: str | None = None, payee: str | None = None, **params: object
    ) -> Thing:
        """What a method of `v1` answers, as a dict.

        `key` makes a repeat the same act, `payee` names the account in which it happens. Raises the port's faults.
        """
        said = {"idempotency_key": key, "stripe_account": payee}
        options = {name: value for name, value in said.items() if value is not None}
        try:
            answer = await method(*names, params, options)
        except stripe.StripeError as error:
            raise fault_of(error) from error
        thing: Thing = answer.to_dict()
        return thing

    async def every(self, method: Method, *, payee: str | None = None, **params: Any) -> list[Thing]:
        """All objects of a list, newest first. Raises `OutcomeUnknown` for a list too long to be read."""
        found: list[Thing] = []
        begin: dict[str, Any] = {}
        for _ in range(PAGES):
            page = await self.call(method, payee=payee, limit=PAGE, **begin, **params)
            found += page["data"]
            if not page["has_more"]:
                return found
            begin = {"starting_after": found[-1]["id"]}
        raise OutcomeUnknown("list too long")

    async def close(self) -> None:
        """Close the connections."""
        await self._http.close_async()  # type: ignore[no-untyped-call]  # the library forgot the type


def key_of(reference: str, act: str) -> str:
    """The key of an act, the same for ever."""
    return f"{reference}:{act}"


def fault_of(error: stripe.StripeError) -> ProviderFault:
    """What an error of the library means: nothing was done for good, nothing was done yet, or nobody knows."""
    code = error.code or type(error).__name__
    match error:
        case stripe.IdempotencyError():
            return ReferenceReused(code)
        case stripe.InvalidRequestError() if error.http_status == 404:
            return ObjectUnknown(code)
        case stripe.CardError() | stripe.InvalidRequestError() | stripe.PermissionError():
            return Refused(code)
        case stripe.RateLimitError() | stripe.AuthenticationError():
            return Busy(code)
        case stripe.APIConnectionError() if isinstance(error.__cause__, NEVER_SENT):
            return Busy(type(error.__cause__).__name__)
    return OutcomeUnknown(code)
