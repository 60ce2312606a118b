"""What a state of an order is called before its consumer, and the tone that goes with it."""

from collections.abc import Mapping
from datetime import datetime

from clothingline.web.words import later

BADGES: Mapping[str, tuple[str, str]] = {
    "draft": (later("Draf"), "neutral"),
    "quoted": (later("Harga terkunci"), "info"),
    "pending_payment": (later("Menunggu pembayaran"), "warn"),
    "placed": (later("Mencari penjahit"), "info"),
    "action_required": (later("Perlu jawaban Anda"), "warn"),
    "confirmed": (later("Disiapkan"), "info"),
    "in_production": (later("Dijahit"), "info"),
    "ready": (later("Siap dikirim"), "ok"),
    "shipped": (later("Dikirim"), "info"),
    "delivered": (later("Tiba"), "ok"),
    "accepted": (later("Diterima"), "ok"),
    "cancelled": (later("Dibatalkan"), "neutral"),
}
AGREED = (later("Semua sudah setuju"), "ok")


def badge_of(state: str, begins: datetime | None) -> tuple[str, str]:
    """What a state is called, and its tone; `begins` is when the work does after everybody's yes."""
    return AGREED if begins else BADGES[state]


WAITS_FOR_CONSUMER = frozenset({"pending_payment", "action_required", "delivered"})
REPEATABLE = frozenset(
    {"placed", "confirmed", "in_production", "ready", "shipped", "delivered", "accepted", "cancelled"}
)
STOPPABLE = frozenset({"draft", "quoted", "pending_payment", "placed", "confirmed", "action_required"})
"""Before the cloth is cut."""
MOVABLE = frozenset({"placed", "confirmed"})
"""The address may still be another one."""
UNDER_WAY = frozenset({"placed", "confirmed", "in_production", "ready"})
"""What is left to pay will be asked for."""
