"""Acts on webhooks, and on browsers that are told."""

from clothingline.notices.service.delivering import (
    Taken,
    park_deleted,
    record_delivered,
    record_failed,
    take_due,
)
from clothingline.notices.service.pushing import drop_targets, keep_target, list_targets
from clothingline.notices.service.replaying import replay
from clothingline.notices.service.subscribing import add_endpoint, delete_endpoint, ping_endpoint, rotate_secret

__all__ = [
    "Taken",
    "add_endpoint",
    "delete_endpoint",
    "drop_targets",
    "keep_target",
    "list_targets",
    "park_deleted",
    "ping_endpoint",
    "record_delivered",
    "record_failed",
    "replay",
    "rotate_secret",
    "take_due",
]
