"""The screens of the tests, and what every browser of theirs is started with."""

from dataclasses import dataclass, field
from typing import Any

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True)
class Device:
    """A screen in CSS pixels, as a new context takes it."""

    width: int
    height: int
    more: dict[str, Any] = field(default_factory=dict, compare=False)

    @property
    def options(self) -> dict[str, Any]:
        """Arguments of `new_context`."""
        return {"viewport": {"width": self.width, "height": self.height}, **self.more}


PHONE = Device(360, 640, {"has_touch": True, "is_mobile": True, "device_scale_factor": 2})
DESK = Device(1280, 800)
