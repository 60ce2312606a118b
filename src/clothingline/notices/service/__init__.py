"""Acts on webhooks, on browsers that are told, and on text messages."""

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
from clothingline.notices.service.texting import end_text, put_off, remind_of_closing, take_due_texts, write_texts

__all__ = [
    "Taken",
    "add_endpoint",
    "delete_endpoint",
    "drop_targets",
    "end_text",
    "keep_target",
    "list_targets",
    "park_deleted",
    "ping_endpoint",
    "put_off",
    "record_delivered",
    "record_failed",
    "remind_of_closing",
    "replay",
    "rotate_secret",
    "take_due",
    "take_due_texts",
    "write_texts",
]
