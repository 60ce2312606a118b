"""What a tailor's phone shows of an offer while the app is closed: what, how much, until when. Never who ordered."""

import json
from datetime import datetime
from typing import Final

from clothingline.kit.ids import show
from clothingline.notices.nights import is_quiet
from clothingline.routing.models import Offer
from clothingline.routing.schemas import Card
from clothingline.web.written import filters

_WORDS: Final = {
    "id": ("Tawaran baru", "{garment}, {pieces} potong. Upah {pay}. Jawab sebelum {until}."),
    "en": ("New offer", "{garment}, {pieces} pieces. Pay {pay}. Answer before {until}."),
}


def of_offer(offer: Offer, card: Card, *, language: str, now: datetime) -> bytes:
    """The message about an offer, as the worker of the phone reads it. At night it makes no sound."""
    spoken = language if language in _WORDS else "id"
    title, body = _WORDS[spoken]
    told = filters(spoken)
    said = {"pay": told["rupiah"](offer.pay_idr), "until": told["moment"](offer.expires_at)}
    message = {
        "title": title,
        "body": body.format(garment=card.garment, pieces=offer.pieces, **said),
        "path": f"/t/tawaran/{show('off', offer.id)}",
        "tag": show("off", offer.id),
        "silent": is_quiet(now),
    }
    return json.dumps(message, ensure_ascii=False).encode()
