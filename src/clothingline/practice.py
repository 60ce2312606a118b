"""Pages for trying the whole service on one machine: who is who, and what was sent to whose phone.

Only where messages are not really sent, and never in production.
"""

from fastapi import Response

from clothingline.integrations import messaging
from clothingline.kit.access import Role
from clothingline.kit.errors import NotFound
from clothingline.pilot import cast, rows
from clothingline.settings import settings
from clothingline.web.route import page_router, public
from clothingline.web.showing import Show
from clothingline.web.words import later

MOST_MESSAGES = 50
ROLES = {
    Role.CONSUMER: later("Pembeli"),
    Role.TAILOR: later("Penjahit"),
    Role.BRAND_OWNER: later("Pemilik merek"),
    Role.SUPPLIER: later("Pemasok"),
    Role.SENTRA_MANAGER: later("Pengelola sentra"),
    Role.FIELD_OFFICER: later("Pendamping"),
    Role.ADMIN: later("Petugas program"),
    Role.AUDITOR: later("Auditor"),
}
pages = page_router()


@pages.get("/dev")
@public
async def show_cast(show: Show) -> Response:
    """Who is who in the pilot, and every party; each name leads to the door with its number. Raises `NotFound`."""
    _mailbox()
    # Any party that the engine may choose may have to answer for an order.
    parties = {
        Role.TAILOR: [*rows.tailors().values()],
        Role.BRAND_OWNER: [*rows.brands().values()],
        Role.SUPPLIER: [*rows.suppliers().values()],
    }
    return show("practice/cast.html", people=cast.EVERYBODY, parties=parties, roles=ROLES)


@pages.get("/dev/pesan")
@public
async def show_messages(show: Show) -> Response:
    """What was sent to phones by this process, newest first. Raises `NotFound`."""
    return show("practice/messages.html", messages=_mailbox().sent[: -MOST_MESSAGES - 1 : -1])


def _mailbox() -> messaging.ConsoleMessenger:
    chosen = messaging.current()
    if settings().environment == "production" or not isinstance(chosen, messaging.ConsoleMessenger):
        raise NotFound
    return chosen
