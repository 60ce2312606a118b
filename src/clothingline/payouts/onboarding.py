"""The way to the provider's page on which a payee says who it is and where its bank account is."""

from uuid import UUID

from fastapi import Request
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.integrations import payments as providers
from clothingline.kit.access import Caller, Reach
from clothingline.kit.ids import read
from clothingline.payouts import queries
from clothingline.payouts.errors import PayeeNotReady, PayeeUnknown, ProviderAway
from clothingline.settings import settings


async def look_at_payee(session: AsyncSession, request: Request, caller: Caller, reach: Reach) -> str:
    """The account of the payee in the path at the provider. Raises `PayeeUnknown` or `PayeeNotReady`."""
    payee = await queries.get_payee(session, _payee_id(request), reach)
    if payee.provider_account is None:
        raise PayeeNotReady
    return payee.provider_account


def _payee_id(request: Request) -> UUID:
    try:
        return read("pye", request.path_params["payee_id"])
    except ValueError as error:
        raise PayeeUnknown from error


async def fetch_link(provider_account: str, *, back: str = "") -> str:
    """The link to the provider's page, from which the payee returns to our path `back`.

    Raises `PayeeNotReady` or `ProviderAway`.
    """
    try:
        return await providers.current().onboarding_link(provider_account, settings().public_url + back)
    except (providers.ObjectUnknown, providers.Refused) as refusal:
        raise PayeeNotReady from refusal
    except providers.ProviderFault as fault:
        raise ProviderAway from fault
