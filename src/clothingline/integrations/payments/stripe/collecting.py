"""Money in by Stripe: checkout sessions to pay on, refunds, chargebacks."""

from datetime import UTC, datetime, timedelta

from clothingline.integrations.payments.faults import Refused
from clothingline.integrations.payments.port import Charge, Dispute, MoneyBack, Wish
from clothingline.integrations.payments.stripe.amounts import hundredths_of
from clothingline.integrations.payments.stripe.client import Client, key_of
from clothingline.integrations.payments.stripe.objects import IDR, REFERENCE, charge_of, dispute_of, money_back_of
from clothingline.kit.clock import milliseconds

ALL_OF_A_SESSION = ["payment_intent.latest_charge.balance_transaction"]
UNPAID_LIVES = timedelta(hours=25)
"""A session lives for a day: an older one is paid, which the charge says, or has ended."""


class Collecting:
    """A charge is a checkout session; the id of its payment intent is known to `fetch_charge` as well."""

    methods: tuple[str, ...] = ("card",)
    _client: Client
    _back_url: str

    async def open_charge(self, wish: Wish) -> Charge:
        """A checkout session."""
        methods = [method for method in wish.methods or self.methods if method in self.methods]
        if not methods:
            raise Refused("method_unknown")
        price = {
            "currency": IDR,
            "unit_amount": hundredths_of(wish.amount_idr),
            "product_data": {"name": wish.description},
        }
        session = await self._client.call(
            self._client.v1.checkout.sessions.create_async,
            key=key_of(wish.reference, "open_charge"),
            mode="payment",
            client_reference_id=wish.reference,
            allowed_payment_method_types=methods,
            line_items=[{"price_data": price, "quantity": 1}],
            payment_intent_data={
                "capture_method": "manual" if wish.capture == "manual" else "automatic",
                "description": wish.description,
                "metadata": {REFERENCE: wish.reference, "order": wish.order_code},
                "transfer_group": wish.reference,
            },
            expand=ALL_OF_A_SESSION,
            success_url=wish.back_url or self._back_url,
            cancel_url=wish.back_url or self._back_url,
        )
        return charge_of(session)

    async def fetch_charge(self, charge_id: str) -> Charge:
        """How a checkout session stands; also by its payment intent."""
        if charge_id.startswith("pi_"):
            charge_id = await self._session_of(charge_id)
        sessions = self._client.v1.checkout.sessions
        return charge_of(await self._client.call(sessions.retrieve_async, charge_id, expand=ALL_OF_A_SESSION))

    async def _session_of(self, intent: str | None) -> str:
        listed = self._client.v1.checkout.sessions.list_async
        found = await self._client.call(listed, payment_intent=str(intent), limit=1)
        return str(found["data"][0]["id"]) if found["data"] else str(intent)

    async def find_charge(self, reference: str) -> Charge | None:
        """By the charges of our transfer group, which are found for ever; else among the sessions that still live."""
        tried = await self._client.every(self._client.v1.charges.list_async, transfer_group=reference)
        paid = [one["payment_intent"] for one in tried if one["status"] != "failed" and one["payment_intent"]]
        if paid:
            return await self.fetch_charge(paid[-1])
        since = int((datetime.fromtimestamp(milliseconds() // 1000, UTC) - UNPAID_LIVES).timestamp())
        living = await self._client.every(self._client.v1.checkout.sessions.list_async, created={"gte": since})
        found = [one for one in reversed(living) if one["client_reference_id"] == reference]
        found.sort(key=lambda session: session["status"] == "expired")
        return await self.fetch_charge(found[0]["id"]) if found else None

    async def capture(self, charge_id: str, reference: str, amount_idr: int) -> Charge:
        """Take what the payment intent holds."""
        await self._client.call(
            self._client.v1.payment_intents.capture_async,
            await self._intent_of(charge_id),
            key=key_of(reference, "capture"),
            amount_to_capture=hundredths_of(amount_idr),
        )
        return await self.fetch_charge(charge_id)

    async def _intent_of(self, charge_id: str) -> str:
        session = await self._client.call(self._client.v1.checkout.sessions.retrieve_async, charge_id)
        if not session["payment_intent"]:
            raise Refused("not_paid")
        return str(session["payment_intent"])

    async def close_charge(self, charge_id: str) -> Charge:
        """End the session, or let go of what is held."""
        charge = await self.fetch_charge(charge_id)
        try:
            if charge.status in ("open", "acting"):
                await self._client.call(self._client.v1.checkout.sessions.expire_async, charge_id)
            elif charge.status == "authorised":
                intent = await self._intent_of(charge_id)
                await self._client.call(self._client.v1.payment_intents.cancel_async, intent)
        except Refused:
            pass  # it was paid meanwhile, as the answer says
        return await self.fetch_charge(charge_id)

    async def refund(self, charge_id: str, reference: str, amount_idr: int) -> MoneyBack:
        """A refund of the payment intent."""
        refund = await self._client.call(
            self._client.v1.refunds.create_async,
            key=key_of(reference, "refund"),
            payment_intent=await self._intent_of(charge_id),
            amount=hundredths_of(amount_idr),
            metadata={REFERENCE: reference},
        )
        return money_back_of(refund, charge_id)

    async def find_refund(self, charge_id: str, reference: str) -> MoneyBack | None:
        """Among the refunds of the payment intent."""
        intent = await self._intent_of(charge_id)
        made = await self._client.every(self._client.v1.refunds.list_async, payment_intent=intent)
        found = [one for one in made if (one["metadata"] or {}).get(REFERENCE) == reference]
        return money_back_of(found[-1], charge_id) if found else None

    async def fetch_refund(self, refund_id: str) -> MoneyBack:
        """How a refund stands."""
        refund = await self._client.call(self._client.v1.refunds.retrieve_async, refund_id)
        return money_back_of(refund, await self._session_of(refund["payment_intent"]))

    async def fetch_dispute(self, dispute_id: str) -> Dispute:
        """How a chargeback stands."""
        dispute = await self._client.call(self._client.v1.disputes.retrieve_async, dispute_id)
        return dispute_of(dispute, await self._session_of(dispute["payment_intent"]))
