"""The secrets of endpoints: derived from the installation's root secret, so that none is stored."""

import hmac
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from clothingline.accounts.secrets import root_secret

BOTH_HOLD: Final = timedelta(hours=24)


def secret_of(endpoint_id: UUID, generation: int) -> bytes:
    """256 bits that only we and the partner know: HMAC-SHA256 of the endpoint and the count of its secrets."""
    return hmac.digest(root_secret(), f"webhook-endpoint:{endpoint_id}:{generation}".encode(), "sha256")


def secrets_of(endpoint_id: UUID, generation: int, *, rotated_at: datetime | None, now: datetime) -> list[bytes]:
    """Those that sign now, the newest first: for a day after a change the one before it signs too."""
    both = rotated_at is not None and now < rotated_at + BOTH_HOLD
    return [secret_of(endpoint_id, one) for one in ((generation, generation - 1) if both else (generation,))]
