"""What makes the tailor's pages an app: the worker, the manifest, its icons, what is kept, and who may look."""

import io
import json
import re
from datetime import timedelta

import httpx
import pytest
from PIL import Image, ImageChops

from clothingline.accounts.door import COOKIE
from clothingline.kit import captured
from clothingline.web import assets, icons, joined
from tests.routing.street import Street, move_clock
from tests.web.tailor.conftest import Phone


async def test_the_worker_serves_the_whole_app_and_knows_its_version(client: httpx.AsyncClient) -> None:
    answer = await client.get("/t/sw.js")
    assert answer.headers["service-worker-allowed"] == "/t"
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert f'const VERSION = "{assets.version()}";' in answer.text
    shell = json.loads(re.findall(r"const SHELL = (.*);", answer.text)[0])
    assert [(await client.get(path)).status_code for path in shell] == [200] * len(shell)
    assert "import " not in answer.text


async def test_the_manifest_names_icons_of_the_sizes_it_says(client: httpx.AsyncClient) -> None:
    said = (await client.get("/t/manifest.webmanifest")).json()
    assert (said["id"], said["start_url"], said["scope"], said["display"]) == ("/t", "/t", "/t", "standalone")
    for icon in said["icons"]:
        shown = Image.open(io.BytesIO((await client.get(icon["src"])).content))
        assert f"{shown.width}x{shown.height}" == icon["sizes"]
    assert {icon["purpose"] for icon in said["icons"]} == {"any", "maskable"}
    assert [one["url"] for one in said["shortcuts"]] == ["/t", "/t/uang"]


@pytest.mark.parametrize("name", icons.ICONS)
def test_an_icon_is_what_the_drawing_draws(name: str) -> None:
    size, maskable = icons.ICONS[name]
    drawn, kept = icons.draw(size, maskable=maskable).convert("RGBA"), Image.open(icons.FOLDER / name).convert("RGBA")
    assert ImageChops.difference(drawn, kept).getbbox(alpha_only=False) is None


def test_a_maskable_icon_keeps_its_drawing_within_the_circle_that_every_phone_leaves() -> None:
    icon = icons.draw(512, maskable=True).convert("RGB")
    ground = Image.new("RGB", icon.size, icon.getpixel((0, 0)))
    left, top, right, bottom = ImageChops.difference(icon, ground).point(lambda v: 255 * (v > 40)).getbbox() or (0,) * 4
    farthest = max((x - 256) ** 2 + (y - 256) ** 2 for x in (left, right) for y in (top, bottom)) ** 0.5
    assert farthest <= 0.4 * 512


async def test_a_phone_keeps_its_places_its_offers_and_every_step_that_is_still_its_own(
    street: Street, phone: Phone
) -> None:
    [offer] = await street.offers(await street.placed(), kind="tailor")
    browser = phone(street.party(offer))
    paths = (await browser.get("/t/simpan")).json()["paths"]
    assert {"/t", "/t/uang", f"/t/tawaran/{offer['id']}", f"/t/tawaran/{offer['id']}/tolak"} <= set(paths)
    assert [(await browser.get(path)).status_code for path in paths] == [200] * len(paths)
    await move_clock(hours=25)
    assert offer["id"] not in (await browser.get("/t/simpan")).text


async def test_a_signal_is_a_word_without_a_body(client: httpx.AsyncClient) -> None:
    answer = await client.head("/ping")
    assert (answer.status_code, answer.content, answer.headers["cache-control"]) == (204, b"", "no-store")


async def test_what_a_browser_asks_for_by_itself_is_an_icon(client: httpx.AsyncClient) -> None:
    icon = await client.get("/favicon.ico", follow_redirects=True)
    assert (icon.status_code, icon.headers["content-type"]) == (200, "image/svg+xml")


async def test_pages_of_tailors_are_for_tailors(street: Street, phone: Phone, client: httpx.AsyncClient) -> None:
    places = ("/t", "/t/kerja", "/t/uang", "/t/uang/surat", "/t/kalender", "/t/saya", "/t/bantuan", "/t/antrean")
    tailor, brand = phone(street.people[street.tailors[0].id]), phone(street.dewi)
    assert [(await tailor.get(path)).status_code for path in places] == [200] * len(places)
    assert [(await brand.get(path)).status_code for path in places] == [403] * len(places)
    client.headers["accept"] = "text/html"
    assert [(await client.get(path)).status_code for path in places] == [303] * len(places)
    assert (await client.get("/t/luring")).status_code == 200


async def test_a_page_says_whose_phone_it_is_and_is_kept_by_no_cache_but_its_own(street: Street, phone: Phone) -> None:
    first, second = (phone(street.people[one.id]) for one in street.tailors[:2])
    pages = [await browser.get("/t") for browser in (first, second)]
    owners = {re.findall(r'data-who="([^"]+)"', page.text)[0] for page in pages}
    assert len(owners) == 2
    assert {page.headers["cache-control"] for page in pages} == {"no-store"}
    assert COOKIE in first.cookies


async def test_an_act_that_waited_is_not_carried_out_for_whoever_has_signed_in_since(
    street: Street, phone: Phone
) -> None:
    first, second = (phone(street.people[one.id]) for one in street.tailors[:2])
    whose = re.findall(r'data-who="([^"]+)"', (await first.get("/t")).text)[0]
    waited = {"accept": "application/json", "idempotency-key": "rush-1", "x-account": whose}
    for browser, status in ((second, 401), (first, 200), (first, 200)):
        assert (await browser.post("/t/kalender/kilat/nyala", headers=waited)).status_code == status


def test_modules_are_joined_without_imports_and_with_names_of_their_own() -> None:
    sources = {
        "a.js": "// What it is.\nconst own = 1;\nexport const shared = own;\n",
        "b.js": 'import { shared } from "./a.js";\nconst own = shared;\n',
        "c.js": "export const bind = () => {};\n",
    }
    text = joined.join(["a", "b", "c"], sources.__getitem__).decode()
    assert text.startswith("const own = 1;\nconst shared = own;\n{\nconst own = shared;\n}\n{\nconst bind")
    assert text.count("bind();") == 1
    assert "import" not in text


@pytest.mark.parametrize(
    ("said", "sent", "age"),
    [
        ("2026-06-02T08:00:00+07:00", "2026-06-02T09:00:00+07:00", timedelta(hours=1)),
        ("1999-01-01T00:00:00+00:00", "1999-01-01T00:05:00+00:00", timedelta(minutes=5)),
        ("2026-06-02T09:00:00+07:00", "2026-06-02T08:00:00+07:00", timedelta(0)),
        ("2020-06-02T09:00:00+07:00", "2026-06-02T08:00:00+07:00", timedelta(hours=72)),
        ("2026-06-02T09:00:00", "2026-06-02T08:00:00+07:00", None),
        ("now", "2026-06-02T08:00:00+07:00", None),
    ],
)
def test_only_the_difference_of_two_times_of_the_same_clock_counts(said: str, sent: str, age: timedelta | None) -> None:
    assert captured.age_in({captured.SAID: said, captured.SENT: sent}) == age
