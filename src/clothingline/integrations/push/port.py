"""The port of push messages, and the one that keeps them, for development and tests."""

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Target:
    """Where a browser takes messages: an address of its maker's service, and the keys that only the browser can use.

    `public` is its point on P-256, uncompressed (65 bytes), `secret` the shared secret (16 bytes).
    """

    endpoint: str
    public: bytes
    secret: bytes


class Pusher(Protocol):
    """Sends one short message to one browser."""

    @property
    def key(self) -> str:
        """Our public key, base64url, which a browser asks for."""

    async def push(self, target: Target, message: bytes) -> bool:
        """Deliver to the browser's service. False when that browser takes no more; raises when it may later."""


@dataclass
class Kept:
    """Remembers messages in `sent`, newest last, and sends none; `gone` are addresses that take no more."""

    key: str = ""
    sent: list[tuple[Target, bytes]] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)

    async def push(self, target: Target, message: bytes) -> bool:
        """Remember the message."""
        if target.endpoint in self.gone:
            return False
        self.sent.append((target, message))
        return True


_in_use: list[Pusher] = [Kept()]  # without a key no browser is asked, so nobody waits for what is only kept


def use(chosen: Pusher) -> Pusher:
    """Make `chosen` the pusher of this process; the edge calls it once at start."""
    _in_use[:] = [chosen]
    return chosen


def current() -> Pusher:
    """The pusher of this process; until one is chosen, messages are only kept."""
    return _in_use[0]
