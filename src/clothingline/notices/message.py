"""What a webhook says: the event as its audience sees it in the list of events, and who signed it when."""

import json
from typing import Any

from clothingline.accounts.event_schemas import wire_facts
from clothingline.kit import signing
from clothingline.kit.ids import show
from clothingline.notices.secrets import secrets_of
from clothingline.notices.service.delivering import Taken


def body_of(one: Taken) -> bytes:
    """The JSON of one event, the same bytes at every try: ids only, so what they name is fetched by who may see it."""
    said: dict[str, Any] = {
        "id": show("evt", one.event_id),
        "type": one.name,
        "created_at": one.at.isoformat(),
        "data": wire_facts(one.facts),
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def headers_of(one: Taken, body: bytes, *, timestamp: int) -> dict[str, str]:
    """Headers of Standard Webhooks with every signature that holds; `timestamp` in seconds of the real clock."""
    secrets = secrets_of(one.endpoint_id, one.generation, rotated_at=one.rotated_at, now=one.now)
    signed = signing.headers(secrets, message=show("evt", one.event_id), timestamp=timestamp, body=body)
    return {"content-type": "application/json", "user-agent": "clothingline-webhooks", **signed}
