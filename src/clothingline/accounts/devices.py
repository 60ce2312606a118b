"""Signed-in devices as people know them: what each is called, since when it is in, and which one is in the hand."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts import queries
from clothingline.kit.access import Caller
from clothingline.kit.page import LARGEST, Window

# What a browser says of itself, and how people call it; the first that fits counts, since most name their forebears.
_MAKES: Final = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "CrOS": "Chromebook",
    "Windows": "Windows",
    "Macintosh": "Mac",
    "Linux": "Linux",
}
_BROWSERS: Final = {
    "SamsungBrowser": "Samsung Internet",
    "UCBrowser": "UC Browser",
    "OPR": "Opera",
    "Edg": "Edge",
    "FxiOS": "Firefox",
    "Firefox": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}


@dataclass(frozen=True)
class Device:
    """A device on which somebody is signed in; `here`: the one that asks."""

    id: UUID
    name: str
    since: datetime
    here: bool


async def list_devices(session: AsyncSession, caller: Caller) -> list[Device]:
    """Where the caller is signed in, this device first, then the newest."""
    rows = (await queries.list_sessions(session, caller.person, asked=Window(limit=LARGEST))).rows
    found = [Device(one.id, name_of(one.device), one.created_at, one.id == caller.session) for one in rows]
    return sorted(found, key=lambda one: not one.here)


def name_of(said: str) -> str:
    """`Android · Chrome` for what a browser says of itself; a name that a person or a program gave stays."""
    if not said.startswith("Mozilla/"):
        return said
    known = (next((name for mark, name in marks.items() if mark in said), "") for marks in (_MAKES, _BROWSERS))
    return " · ".join(filter(None, known)) or said
