"""What goes over the wire for a page, and the wire itself: bytes by kind, slow networks."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import Page

SLOW = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
SLOW_PROCESSOR = 4
ICON = "Other"  # the icon of the site, at the first visit of a browser
COLUMNS = {"Document": "markup", "Stylesheet": "markup", "Script": "scripts", "Image": "pictures"}


@dataclass(frozen=True)
class PageClass:
    """The most that a page of a class may take: compressed bytes with a cold cache, in kB (1,000); requests.

    `moves` is the share of the view that may move while it loads (CLS); `least` is the size of a target in px.
    """

    name: str
    markup: float
    scripts: float
    pictures: float
    everything: float
    requests: int
    moves: float = 0.05
    least: int = 44


TAILOR = PageClass("tailor", 14, 24, 10, 60, 8, moves=0.02, least=48)
WIZARD = PageClass("wizard", 14, 24, 0, 60, 6, moves=0.02)
LANDING = PageClass("landing", 18, 24, 90, 160, 14)
CATALOGUE = PageClass("catalogue", 20, 24, 144, 200, 20)
DESIGN = PageClass("design, tracking and other public pages", 20, 24, 150, 240, 16)
STAFF = PageClass("brand, supplier, officer", 40, 40, 40, 160, 14, least=24)
FIGURES = PageClass("KPI", 60, 24, 0, 140, 8, least=24)
REFERENCE = PageClass("reference of the API", 60, 24, 0, 160, 8, least=24)
# The first that a path begins with decides; a whole path ends in `$`.
CLASSES: tuple[tuple[str, PageClass], ...] = (
    ("/$", LANDING),
    ("/t$", TAILOR),
    ("/t/", TAILOR),
    ("/pesan/", WIZARD),
    ("/k/", WIZARD),
    ("/katalog", CATALOGUE),
    ("/admin/kpi", FIGURES),
    ("/dampak", FIGURES),
    ("/merek", STAFF),
    ("/pemasok", STAFF),
    ("/admin", STAFF),
    ("/gaya", FIGURES),
    ("/dev", STAFF),
    ("/api", REFERENCE),
    ("/", DESIGN),
)


def class_of(path: str) -> PageClass:
    """The class of a page; the English alias has the class of the page it stands for."""
    plain = path.removeprefix("/en") or "/"
    return next(kind for begins, kind in CLASSES if f"{plain}$".startswith(begins))


@dataclass
class Traffic:
    """Bytes over the wire by kind of resource (headers included), and how many requests there were."""

    bytes: Counter[str] = field(default_factory=Counter)
    paths: dict[str, str] = field(default_factory=dict)
    _kinds: dict[str, str] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """All bytes."""
        return self.bytes.total()

    def check(self, allowed: PageClass) -> None:
        """Raises `AssertionError` that names each column that is over."""
        column = {"markup": allowed.markup, "scripts": allowed.scripts, "pictures": allowed.pictures}
        over = [
            f"{name} {self.bytes[name] / 1000:.1f} of {most} kB"
            for name, most in column.items()
            if self.bytes[name] > most * 1000
        ]
        over += [f"all {self.total / 1000:.1f} of {allowed.everything} kB"] * (self.total > allowed.everything * 1000)
        over += [f"{len(self.paths)} of {allowed.requests} requests"] * (len(self.paths) > allowed.requests)
        assert not over, f"{allowed.name}: {', '.join(over)}; {sorted(self.paths.values())}"

    def ask(self, said: dict[str, Any]) -> None:
        """`Network.requestWillBeSent`; what stands in the page, or a browser wants once for itself, is not counted."""
        if not said["request"]["url"].startswith("data:") and said.get("type") != ICON:
            self._kinds[said["requestId"]] = COLUMNS.get(said.get("type", ""), "others")
            self.paths[said["requestId"]] = said["request"]["url"]

    def end(self, said: dict[str, Any]) -> None:
        """`Network.loadingFinished`."""
        if kind := self._kinds.get(said["requestId"]):
            self.bytes[kind] += int(said["encodedDataLength"])


@asynccontextmanager
async def bytes_of(page: Page) -> AsyncIterator[Traffic]:
    """Counts what a page loads in a block, its cache being cold: `async with bytes_of(page) as traffic`."""
    traffic, wire = Traffic(), await page.context.new_cdp_session(page)
    wire.on("Network.requestWillBeSent", traffic.ask)
    wire.on("Network.loadingFinished", traffic.end)
    await wire.send("Network.enable")
    await wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    yield traffic
    await wire.detach()


async def slow_network(page: Page) -> None:
    """The wire of a village: 400 kbit/s, 400 ms, and a processor a quarter as fast as this one."""
    wire = await page.context.new_cdp_session(page)
    await wire.send("Network.enable")
    await wire.send("Network.emulateNetworkConditions", SLOW)
    await wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_PROCESSOR})
