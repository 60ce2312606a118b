"""What pages promise for clothes that do not fit is what can be kept: a report before accepting, an officer, money."""

import re

import pytest

from clothingline.settings import settings
from tests.conftest import ROOT
from tests.web.desk import words_of
from tests.web.shop.shopper import SHIRT, Shopper

PROMISED = re.compile(r"(?i)jahit(?:kan)? ulang|dijahit ulang|sew(?:n)? (?:it )?again|permak|altered|90 hari")
"""Sewing again and altering have no house yet."""
TEMPLATES = ROOT / "src" / "clothingline" / "web" / "templates"
CATALOGS = ROOT / "src" / "clothingline" / "web" / "words" / "en"


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
