"""What pages promise for clothes that do not fit is what can be kept: a report before accepting, an officer, money."""

import re

import pytest

from clothingline.kit.access import Role
from clothingline.kit.policy import TABLE
from clothingline.settings import settings
from tests.conftest import ROOT
from tests.web.desk import words_of
from tests.web.shop.members import Group
from tests.web.shop.shopper import SHIRT, Shopper

PROMISED = re.compile(r"(?i)jahit(?:kan)? ulang|dijahit ulang|sew(?:n)? (?:it )?again|permak|altered|90 hari")
"""Sewing again and altering have no house yet."""
TEMPLATES = ROOT / "src" / "clothingline" / "web" / "templates"
CATALOGS = ROOT / "src" / "clothingline" / "web" / "words" / "en"
WHO_LOOKS = {
    "id": {Role.TAILOR: "penjahit", Role.BRAND_OWNER: "merek", Role.BRAND_STAFF: "merek"},
    "en": {Role.TAILOR: "tailor", Role.BRAND_OWNER: "brand", Role.BRAND_STAFF: "brand"},
}
"""What those are called who may open the body measures of a job."""
ONLY = {"id": re.compile(r"(?i)\bhanya (?:dilihat )?(penjahit[^.]*)\."), "en": re.compile(r"Only (the tailor[^.]*)\.")}


def test_no_page_promises_a_remake_or_an_alteration_as_long_as_nobody_can_ask_for_one() -> None:
    texts = [*TEMPLATES.rglob("*.html"), *CATALOGS.glob("*.po")]
    found = [(path.name, hit[0]) for path in texts for hit in PROMISED.finditer(path.read_text())]
    assert found == []


@pytest.mark.parametrize("language", ["id", "en"])
async def test_design_and_summary_say_until_when_to_report_as_long_as_acceptance_waits(
    shopper: Shopper, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr(settings().orders, "acceptance_days", 9)
    await shopper.to_summary()
    await shopper.desk.client.get(f"/bahasa/{language}")
    said = {"id": "laporkan dalam 9 hari sejak tiba", "en": "report it within 9 days of arrival"}[language]
    for path in (f"/desain/{SHIRT}", shopper.at("ringkasan")):
        assert said in words_of(await shopper.desk.page(path))
    helped = {"id": "dalam 9 hari sejak tiba", "en": "within 9 days of arrival"}[language]
    assert helped in words_of(await shopper.desk.page("/bantuan"))


@pytest.mark.parametrize("language", ["id", "en"])
async def test_everybody_who_may_open_body_measures_is_named_where_people_agree_and_where_they_ask(
    group: Group, language: str
) -> None:
    await group.begin()
    one = group.member()
    await one.enter("Citra")
    await one.choose("woman")
    shopper, home = group.shopper, group.home
    await shopper.begin()
    await shopper.go("jumlah", amount="one")
    await shopper.go("kain", colour="bantu")
    await shopper.go("cara-ukur", way="self")
    for desk in (one.desk, shopper.desk):
        await desk.client.get(f"/bahasa/{language}")
    pages = [
        await one.read("setuju"),
        await shopper.read("ukuran/siapa"),
        words_of(await shopper.desk.page(f"{home}/1")),
        *[words_of(await shopper.desk.page(path)) for path in ("/privasi", "/bantuan")],
    ]
    for page in pages:
        [said] = ONLY[language].findall(page)
        missing = [role for role in TABLE["jobs_measurements"] if WHO_LOOKS[language][role] not in said]
        assert missing == [], said
