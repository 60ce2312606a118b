"""The one router of production, and who is asking."""

from uuid import UUID

from clothingline.kit.access import Caller, SignInNeeded
from clothingline.kit.http.route import api_router

router = api_router()


def signed_in(caller: Caller) -> UUID:
    """The account of a caller. Raises `SignInNeeded`."""
    if caller.account is None:
        raise SignInNeeded
    return caller.account
