"""The port of short messages, a client for an HTTP gateway, and the console for development, demo and tests."""

import sys
from typing import Protocol

import httpx


class Messenger(Protocol):
    """Sends one text to one phone number (E.164)."""

    async def send(self, phone: str, text: str) -> None:
        """Deliver, or raise so that the job is tried again."""


class ConsoleMessenger:
    """Prints messages for the developer to read and remembers them in `sent`, newest last."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.sent: list[tuple[str, str]] = []
        self.quiet = quiet

    async def send(self, phone: str, text: str) -> None:
        """Print the message on stderr."""
        self.sent.append((phone, text))
        if not self.quiet:
            print(f"✉  {phone}: {text}", file=sys.stderr, flush=True)  # noqa: T201  # it is for the developer to read

    def last_to(self, phone: str) -> str:
        """The newest text to a phone; `LookupError` when there is none."""
        for to, text in reversed(self.sent):
            if to == phone:
                return text
        raise LookupError(phone)


class GatewayMessenger:
    """Posts `{"to": …, "text": …}` with a bearer token to an SMS or WhatsApp gateway."""

    def __init__(self, url: str, token: str) -> None:
        self.url, self.token = url, token

    async def send(self, phone: str, text: str) -> None:
        """Post the message; any answer but 2xx raises `httpx.HTTPStatusError`."""
        headers = {"Authorization": f"Bearer {self.token}"}
        async with httpx.AsyncClient(timeout=httpx.Timeout(3, connect=1)) as client:
            answer = await client.post(self.url, json={"to": phone, "text": text}, headers=headers)
        answer.raise_for_status()


_in_use: list[Messenger] = []


def use(chosen: Messenger) -> Messenger:
    """Make `chosen` the messenger of this process; the edge calls it once at start."""
    _in_use[:] = [chosen]
    return chosen


def current() -> Messenger:
    """The messenger of this process."""
    if not _in_use:
        raise RuntimeError("no messenger in use: the edge calls messaging.use() at start")
    return _in_use[0]
