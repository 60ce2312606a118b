"""A key of the device itself, in a real browser with a virtual authenticator."""

from playwright.async_api import Page, expect

from clothingline.accounts.door import COOKIE
from tests.browser.devices import PHONE
from tests.browser.serving import Site
from tests.browser.visiting import Visitors
from tests.conftest import database_name

__all__ = ["database_name"]

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


async def with_authenticator(page: Page) -> None:
    """Give a page a device with a lock that its owner opens at once."""
    wire = await page.context.new_cdp_session(page)
    await wire.send("WebAuthn.enable")
    await wire.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


async def test_a_key_is_made_on_the_profile_and_opens_the_door_without_a_code(site: Site, visitors: Visitors) -> None:
    home = site.url.replace("127.0.0.1", "localhost")  # keys are made for names, not for numbers
    page = await visitors.open(PHONE)
    await with_authenticator(page)
    rina = await site.cast.sign_in("0812-3456-7801", "Rina Kartika")
    await page.context.add_cookies([{"name": COOKIE, "value": rina.token, "url": home}])
    await page.goto(f"{home}/profil")
    await page.get_by_label("Nama perangkat ini").fill("HP Rina")
    await page.get_by_role("button", name="Buat kunci di perangkat ini").click()
    await expect(page.get_by_text("Kunci tersimpan.")).to_be_visible()
    await expect(page.get_by_text("HP Rina", exact=True)).to_be_visible()
    await page.context.clear_cookies()
    await page.goto(f"{home}/masuk?lanjut=/profil")
    await page.get_by_role("button", name="Masuk dengan kunci di HP ini").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Profil")
    await expect(page.get_by_label("Nama Anda")).to_have_value("Rina Kartika")


async def test_without_scripts_the_door_asks_for_a_code_and_offers_no_key(site: Site, visitors: Visitors) -> None:
    page = await visitors.open(PHONE, java_script_enabled=False)
    await page.goto("/masuk")
    assert await page.get_by_role("button").all_inner_texts() == ["Kirim kode"]
