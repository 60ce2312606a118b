"""Stripe as a `PaymentProvider`."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from clothingline.integrations.payments.port import Movement, Told
from clothingline.integrations.payments.stripe import notices
from clothingline.integrations.payments.stripe.amounts import rupiah_in
from clothingline.integrations.payments.stripe.client import PAGE, Client
from clothingline.integrations.payments.stripe.collecting import Collecting
from clothingline.integrations.payments.stripe.movements import movement_of
from clothingline.integrations.payments.stripe.objects import IDR, PLATFORM
from clothingline.integrations.payments.stripe.paying_out import PayingOut

AT_ONCE = 8


class StripeProvider(Collecting, PayingOut):
    """`key` is the secret key, one of `notice_secrets` signs a notice, `country` is where payees live.

    `back_url` is where a payer goes afterwards, `address` that of something else that speaks like Stripe.
    """

    name, account = "stripe", PLATFORM

    def __init__(
        self, key: str, *, notice_secrets: Sequence[str], country: str, back_url: str, address: str | None = None
    ) -> None:
        self.livemode = key.partition("_")[2].startswith("live")
        self._client, self._secrets = Client(key, address), notice_secrets
        self._country, self._back_url = country, back_url

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def balance(self) -> int:
        """What is ours, also what may not be moved yet."""
        return await self._balance(None)

    async def connected_balance(self, destination: str) -> int:
        """What is a payee's."""
        return await self._balance(destination)

    async def _balance(self, payee: str | None) -> int:
        held = await self._client.call(self._client.v1.balance.retrieve_async, payee=payee)
        amounts = [*held["available"], *held["pending"]]
        return rupiah_in(sum(one["amount"] for one in amounts if one["currency"] == IDR))

    async def movements(
        self, since: datetime, until: datetime, after: str | None, destination: str | None = None
    ) -> tuple[list[Movement], str | None]:
        """Balance transactions, newest first."""
        window = {"gte": _ceiling(since), "lt": _ceiling(until)}
        begin = {} if after is None else {"starting_after": after}
        page = await self._client.call(
            self._client.v1.balance_transactions.list_async,
            payee=destination,
            created=window,
            limit=PAGE,
            expand=["data.source"],
            **begin,
        )
        rows = page["data"]
        sessions = {} if destination else await self._sessions_of(rows)
        moved = [movement_of(row, sessions, destination, livemode=self.livemode) for row in rows]
        return moved, rows[-1]["id"] if page["has_more"] else None

    async def _sessions_of(self, rows: list[dict[str, Any]]) -> dict[str, str]:
        sources = [row["source"] for row in rows if row["source"] and row["source"]["object"] == "charge"]
        intents = sorted({str(source["payment_intent"]) for source in sources if source.get("payment_intent")})
        few = asyncio.Semaphore(AT_ONCE)

        async def named(intent: str) -> str:
            async with few:
                return await self._session_of(intent)

        return dict(zip(intents, await asyncio.gather(*map(named, intents)), strict=True))

    def read_notice(self, headers: Mapping[str, str], body: bytes, now: int) -> Told:
        """Verify the raw bytes. Raises `NotSigned`."""
        return notices.read(self._secrets, headers, body, now)


def _ceiling(instant: datetime) -> int:
    return int(instant.timestamp()) + bool(instant.microsecond)
