"""Money out by Stripe: connected accounts, transfers of their own to them, and payouts from there."""

from datetime import datetime

from clothingline.integrations.payments.port import BankPayout, Payee, Transfer
from clothingline.integrations.payments.stripe.amounts import hundredths_of
from clothingline.integrations.payments.stripe.client import Client, key_of
from clothingline.integrations.payments.stripe.objects import IDR, REFERENCE, payee_of, payout_of, transfer_of


class PayingOut:
    """Connected accounts are paid out when we say so."""

    _client: Client
    _country: str

    async def open_payee(self, reference: str, name: str) -> Payee:
        """A connected account that is paid out when we say so."""
        account = await self._client.call(
            self._client.v1.accounts.create_async,
            key=key_of(reference, "open_payee"),
            type="express",
            country=self._country,
            business_profile={"name": name},
            capabilities={"transfers": {"requested": True}},
            settings={"payouts": {"schedule": {"interval": "manual"}}},
            metadata={REFERENCE: reference},
        )
        return payee_of(account)

    async def fetch_payee(self, payee_id: str) -> Payee:
        """How a connected account stands."""
        return payee_of(await self._client.call(self._client.v1.accounts.retrieve_async, payee_id))

    async def onboarding_link(self, payee_id: str, back_url: str) -> str:
        """Stripe's own page."""
        link = await self._client.call(
            self._client.v1.account_links.create_async,
            account=payee_id,
            type="account_onboarding",
            return_url=back_url,
            refresh_url=back_url,
        )
        return str(link["url"])

    async def transfer(self, reference: str, destination: str, amount_idr: int) -> Transfer:
        """A transfer of its own, in a group named after our reference."""
        transfer = await self._client.call(
            self._client.v1.transfers.create_async,
            key=key_of(reference, "transfer"),
            amount=hundredths_of(amount_idr),
            currency=IDR,
            destination=destination,
            transfer_group=reference,
            metadata={REFERENCE: reference},
        )
        return transfer_of(transfer)

    async def find_transfer(self, reference: str) -> Transfer | None:
        """By the group."""
        made = await self._client.every(self._client.v1.transfers.list_async, transfer_group=reference)
        return transfer_of(made[-1]) if made else None

    async def fetch_transfer(self, transfer_id: str) -> Transfer:
        """How a transfer stands."""
        return transfer_of(await self._client.call(self._client.v1.transfers.retrieve_async, transfer_id))

    async def take_back(self, transfer_id: str, reference: str, amount_idr: int) -> Transfer:
        """A reversal of a transfer."""
        await self._client.call(
            self._client.v1.transfers.reversals.create_async,
            transfer_id,
            key=key_of(reference, "take_back"),
            amount=hundredths_of(amount_idr),
            metadata={REFERENCE: reference},
        )
        return await self.fetch_transfer(transfer_id)

    async def pay_out(self, reference: str, destination: str, amount_idr: int) -> BankPayout:
        """A payout of the connected account."""
        payout = await self._client.call(
            self._client.v1.payouts.create_async,
            key=key_of(reference, "pay_out"),
            payee=destination,
            amount=hundredths_of(amount_idr),
            currency=IDR,
            metadata={REFERENCE: reference},
        )
        return payout_of(payout, destination)

    async def find_payout(self, destination: str, reference: str, since: datetime) -> BankPayout | None:
        """Among the payouts of the connected account."""
        begun = {"gte": int(since.timestamp())}
        made = await self._client.every(self._client.v1.payouts.list_async, payee=destination, created=begun)
        found = [one for one in made if (one["metadata"] or {}).get(REFERENCE) == reference]
        return payout_of(found[-1], destination) if found else None

    async def fetch_payout(self, destination: str, payout_id: str) -> BankPayout:
        """How a payout stands."""
        payouts = self._client.v1.payouts
        return payout_of(await self._client.call(payouts.retrieve_async, payout_id, payee=destination), destination)
