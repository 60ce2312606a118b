"""Goes to the pages whose times are held against gates: `make bench ONLY=pages`. Nothing here is a test of a time."""

from dataclasses import dataclass
from functools import partial
from os import getloadavg

from playwright.async_api import Page

from benchmarks import pages
from benchmarks.first_looks import Look, look, middle
from benchmarks.pages import TRIES, Line
from clothingline.kit.access import Role
from tests.browser.devices import DESK, PHONE
from tests.browser.rounds import Round
from tests.browser.traffic import slow_network
from tests.browser.visits import Visit
from tests.browser.waiting import IN_CACHE, until

LATENCY_SECONDS = 0.4


@dataclass(frozen=True)
class Stop:
    """A page, who looks at it, and its class of gates."""

    route: str
    kind: str
    role: Role | None = None


STOPS = (
    *(Stop(path, "tailor", Role.TAILOR) for path in ("/t", "/t/tawaran/{offer_id}", "/t/kerja", "/t/kerja/{job_id}")),
    *(Stop(path, "tailor", Role.TAILOR) for path in ("/t/uang", "/t/kalender", "/t/saya")),
    *(Stop(f"/pesan/{{draft}}/{step}", "wizard") for step in ("jumlah", "kain", "cara-ukur", "ukuran/{code}")),
    *(Stop(f"/pesan/{{draft}}/{step}", "wizard") for step in ("tanggal", "rencana", "kontak")),
    *(Stop(path, "public") for path in ("/", "/katalog", "/desain/{slug}", "/lacak")),
    Stop("/pesanan/{code}", "public", Role.CONSUMER),
    Stop("/merek/produksi", "staff", Role.BRAND_OWNER),
    Stop("/pemasok/stok", "staff", Role.SUPPLIER),
    *(Stop(path, "staff", Role.ADMIN) for path in ("/admin", "/admin/kpi", "/admin/cocok/{order}")),
)
AGAIN = ("/t", "/t/uang", "/t/kalender")
"""What the worker of a phone shows at the second visit, from the network first or from its copy."""


async def test_how_soon_pages_answer(the_round: Round) -> None:
    busy = getloadavg()[0]
    lines = [
        Line(stop.route, stop.kind, middle([await _cold(the_round, stop) for _ in range(TRIES)])) for stop in STOPS
    ]
    for path in AGAIN:
        for offline in (False, True):
            looks = [await _again(the_round, path, offline=offline) for _ in range(TRIES)]
            lines.append(Line(f"{path} again, {'offline' if offline else 'slow'}", "repeat", middle(looks)))
    pages.tell(lines)
    pages.keep(lines, busy)


async def _cold(the_round: Round, stop: Stop) -> Look:
    device = DESK if stop.kind == "staff" else PHONE
    async with the_round.visit(Visit(stop.route, stop.role), device) as (page, path):
        await slow_network(page)
        return await look(page, path)


async def _again(the_round: Round, path: str, *, offline: bool) -> Look:
    """The page was here before and is kept. The line of the worker is not the page's: its answers are held back."""
    visit = Visit(path, Role.TAILOR)
    async with the_round.visit(visit, PHONE) as (first, _):
        await first.goto(path)
        await first.evaluate("() => navigator.serviceWorker.ready")
        await first.reload()
        await until(partial(first.evaluate, IN_CACHE, [path]))
        page = await first.context.new_page()
        await first.close()
        await slow_network(page)
        the_round.site.door.delays[path] = LATENCY_SECONDS
        await page.context.set_offline(offline)
        found = await look(page, path)
        await _come_home(the_round, page)
    return found


async def _come_home(the_round: Round, page: Page) -> None:
    await page.context.set_offline(False)
    the_round.site.door.delays.clear()
