"""The tools of the browser tests see what they are there to see: each goes red on a page that is made to be wrong."""

import re

import pytest
from playwright.async_api import Error, Page, expect
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from clothingline.kit import db
from clothingline.kit.clock import WIB, business_now
from clothingline.pilot.cast import SITI
from tests.browser.axe import axe
from tests.browser.budgets import Budget
from tests.browser.devices import DESK, PHONE
from tests.browser.measuring import in_first_view, reflow, targets
from tests.browser.planting import Plant, plant
from tests.browser.serving import Site
from tests.browser.traffic import LANDING, REFERENCE, TAILOR, WIZARD, bytes_of, class_of, slow_network
from tests.browser.visiting import Handset, Visitors
from tests.browser.watching import Watch

__all__ = ["plant"]

FORM = """
<form action="/tujuan"><label>Nama <input name="nama"></label>
<label><input type="radio" name="p" value="1"> Satu</label>
<label>Hari <select name="hari"><option>Senin<option>Selasa</select></label><button>Lanjut</button></form>
<p>Lihat <a href="/tujuan">tujuan</a>.</p>
"""
OPEN = """
  const open = () => new Promise((done) => {
    const asked = indexedDB.open("kotak", 1)
    asked.onupgradeneeded = () => asked.result.createObjectStore("isi", { autoIncrement: true })
    asked.onsuccess = () => done(asked.result)
  })
"""
STORE = f"""async () => {{ {OPEN}
  const going = (await open()).transaction("isi", "readwrite", {{ durability: "strict" }})
  going.objectStore("isi").add("ada")
  await new Promise((done) => {{ going.oncomplete = done }})
}}"""
STORED = f"""async () => {{ {OPEN}
  const asked = (await open()).transaction("isi").objectStore("isi").getAll()
  return new Promise((done) => {{ asked.onsuccess = () => done(asked.result) }})
}}"""
WORKER = """
addEventListener("activate", (event) => event.waitUntil(clients.claim()))
addEventListener("fetch", (event) => event.respondWith(fetch(event.request).catch(() =>
  new Response(`<link rel="icon" href="data:,"><title>dari peramban</title>`,
    { headers: { "content-type": "text/html" } }))))
"""
NO_ICON = '<link rel="icon" href="data:,">'
SERVICE_WORKER = Route("/sw.js", lambda _: Response(WORKER, media_type="text/javascript"))


async def test_a_budget_counts_taps_and_inputs_and_says_when_a_task_costs_more(phone: Page, plant: Plant) -> None:
    plant("/tujuan", "<p>Sampai.")
    await phone.goto(plant("/coba", FORM))
    budget = Budget(phone)
    await budget.fill("Nama", "Siti")
    await budget.choose("Satu")
    await budget.select("Hari", "Selasa")
    await budget.tap("Lanjut")
    await expect(phone).to_have_url(re.compile(r"/tujuan\?nama=Siti&p=1&hari=Selasa$"))
    await phone.go_back()
    await budget.follow("tujuan")
    budget.within(taps=2, inputs=3)
    with pytest.raises(AssertionError, match="2 taps of 1"):
        budget.within(taps=1, inputs=3)
    with pytest.raises(AssertionError, match="3 inputs of 2"):
        budget.within(taps=2, inputs=2)


async def test_a_picture_without_words_bars_somebody(phone: Page, plant: Plant) -> None:
    await phone.goto(plant("/coba", "<p>Baik."))
    await axe(phone)
    await phone.goto(plant("/buruk", '<input><p lang="xx-nonsense-language">'))
    with pytest.raises(AssertionError, match=r"label \(critical\)"):
        await axe(phone)


async def test_what_nobody_has_looked_at_is_not_passed_over(phone: Page, plant: Plant) -> None:
    await phone.goto(plant("/ragu", '<pre aria-label="Contoh">x</pre>'))
    with pytest.raises(AssertionError, match="look, and give a reason"):
        await axe(phone)


@pytest.mark.parametrize(
    ("body", "over"),
    [
        ("<p>" + "x" * 40, "over 320"),
        ("<p>" + "x" * 25, "text 200%"),
    ],
    ids=["too wide for a narrow phone", "too wide with large text"],
)
async def test_what_does_not_fit_is_named(phone: Page, plant: Plant, body: str, over: str) -> None:
    await phone.goto(plant("/lebar", body))
    with pytest.raises(AssertionError, match=f"{over}.*<p>xxx"):
        await reflow(phone)


async def test_what_scrolls_by_itself_may_be_wide(phone: Page, plant: Plant, site: Site) -> None:
    await phone.goto(site.url + "/api")
    await reflow(phone)


async def test_targets_are_large_enough_and_apart_and_links_in_a_sentence_are_exempt(phone: Page, plant: Plant) -> None:
    await phone.goto(plant("/kecil", "<p>Baca <a href='/'>ini</a> dulu.</p><p><button>x</button>"))
    with pytest.raises(AssertionError, match=r"smaller than 48 px.*<button>x"):
        await targets(phone, 48)
    await targets(phone, 16)
    await phone.goto(plant("/rapat", "<p><button>Satu</button><button>Dua</button>"))
    with pytest.raises(AssertionError, match="nearer than 8 px"):
        await targets(phone, 16)
    await targets(phone, 16, gap=0)


async def test_the_first_view_ends_at_the_edge_of_the_screen(phone: Page, plant: Plant) -> None:
    await phone.goto(plant("/panjang", "<button>Atas</button>" + "<p>baris</p>" * 40 + "<button>Bawah</button>"))
    assert await in_first_view(phone.get_by_role("button", name="Atas"))
    assert not await in_first_view(phone.get_by_role("button", name="Bawah"))


async def test_bytes_are_counted_as_they_come_over_the_wire(phone: Page, plant: Plant) -> None:
    path = plant("/berat", "<p>" + "kata " * 4000)
    async with bytes_of(phone) as traffic:
        await phone.goto(path)
    assert traffic.bytes["markup"] == traffic.total
    assert len(traffic.paths) == 1
    traffic.check(REFERENCE)
    with pytest.raises(AssertionError, match=r"markup 2\d\.\d of 14 kB"):
        traffic.check(TAILOR)


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/", LANDING), ("/en", LANDING), ("/t", TAILOR), ("/t/kerja/1", TAILOR), ("/pesan/1/kain", WIZARD)],
)
def test_every_path_has_a_class(path: str, kind: object) -> None:
    assert class_of(path) is kind


async def test_whatever_a_page_complains_of_is_heard(phone: Page, plant: Plant, watch: Watch) -> None:
    async with watch.bearing("status of 404"):
        await phone.goto("/tidak-ada")
    async with watch.bearing("Content Security Policy"), watch.bearing("refused by the content policy: style-src"):
        await phone.goto(plant("/gaya-sendiri", '<p style="color:red">'))
    async with watch.bearing("exception on .* tidak is not defined"):
        await phone.evaluate("setTimeout(() => tidak.ada())")
    assert watch.complaints == []
    with pytest.raises(AssertionError, match="nothing was heard"):
        async with watch.bearing("anything", seconds=0.1):
            pass


async def test_what_a_page_complains_of_fails_the_test(phone: Page, plant: Plant, watch: Watch) -> None:
    await phone.goto(plant("/gaya-sendiri", '<p style="color:red">'))
    await phone.context.close()
    assert any("style-src" in one for one in watch.complaints)
    watch.heard.clear()


async def test_a_visitor_is_signed_in_by_a_cookie(visitors: Visitors, site: Site) -> None:
    page = await visitors.open(PHONE, SITI)
    [cookie] = await page.context.cookies(site.url)
    answer = await page.request.get("/v1/me", headers={"authorization": f"Bearer {cookie['value']}"})
    assert (await answer.json())["name"] == SITI.name
    assert (cookie["name"], cookie["httpOnly"]) == ("sesi", True)


@pytest.mark.parametrize(("scripts", "title"), [(True, "skrip"), (False, "polos")], ids=["with scripts", "without"])
async def test_a_visitor_may_have_no_scripts(visitors: Visitors, scripts: bool, title: str) -> None:
    page = await visitors.open(DESK, java_script_enabled=scripts)
    body = '<html><head><title>polos</title></head><body><script>document.title = "skrip"</script></body></html>'
    await page.route("**/dengan-skrip", lambda route: route.fulfill(body=body, content_type="text/html"))
    await page.goto("/dengan-skrip")
    assert await page.title() == title


async def test_a_slow_network_holds_a_page_back(phone: Page, plant: Plant) -> None:
    path = plant("/jauh", "<p>jauh")
    await slow_network(phone)
    answer = await phone.goto(path)
    assert answer is not None
    await answer.finished()
    assert answer.request.timing["responseStart"] >= 350


async def test_a_phone_without_a_network_reaches_nothing(phone: Page, plant: Plant, watch: Watch) -> None:
    path = plant("/coba", "<p>Baik.")
    await phone.context.set_offline(True)
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        await phone.goto(path)
    await phone.context.set_offline(False)
    await phone.goto(path)


async def test_a_phone_that_is_killed_keeps_what_it_had_stored(handset: Handset, plant: Plant) -> None:
    path = plant("/coba", "<p>Baik.")
    page = await handset.start()
    await handset.sign_in(SITI)
    await page.goto(path)
    await page.evaluate(STORE)
    await handset.kill()
    page = await handset.start()
    await page.goto(path)
    assert await page.evaluate(STORED) == ["ada"]
    assert [one["name"] for one in await page.context.cookies()] == ["sesi"]


async def test_a_service_worker_is_offline_too(phone: Page, site: Site, watch: Watch) -> None:
    site.door.app = Starlette(
        routes=[Route("/", lambda _: HTMLResponse(f"{NO_ICON}<title>dari jaringan</title>")), SERVICE_WORKER]
    )
    await phone.goto("/")
    await phone.evaluate("navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready)")
    await phone.reload()
    await phone.context.set_offline(True)
    await phone.reload()
    assert await phone.title() == "dari peramban"
    await phone.context.set_offline(False)
    await phone.reload()
    assert await phone.title() == "dari jaringan"


async def test_business_time_can_be_brought_to_a_weekday_and_hour(site: Site) -> None:
    await site.wait_for(weekday=3, hour=9)
    async with db.transaction() as session:
        now = (await business_now(session)).astimezone(WIB)
    assert (now.weekday(), now.hour, now.minute) == (3, 9, 0)
