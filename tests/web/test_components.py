"""Components: each is shown in the gallery, says how it is used, stays small, and needs no style in the page."""

import gzip
import re
from importlib.resources import files
from importlib.resources.abc import Traversable

import httpx
import pytest

from clothingline.web import assets, words
from clothingline.web.gallery import SURFACES
from tests.web.test_pages import Reading, browser

WEB = files("clothingline.web")
COMPONENTS = sorted(one.name.removesuffix(".html") for one in (WEB / "templates" / "components").iterdir())
SHELL = {"header", "footer", "skip_link", "bottom_nav", "rail", "toast_region"}  # shown on the surfaces, once a page
PAGES = ["/gaya", *(f"/gaya/{one}" for one in SURFACES)]
__all__ = ["browser"]  # the fixture


def found(folder: Traversable, ending: str) -> list[Traversable]:
    """Every file with this ending below a folder."""
    inside = sorted(folder.iterdir(), key=str)
    below = [file for one in inside if one.is_dir() for file in found(one, ending)]
    return [one for one in inside if one.name.endswith(ending)] + below


def long_ones(files: list[Traversable], most: int) -> list[str]:
    """Names of the files with more lines than that."""
    return [f"{one.name}: {lines}" for one in files if (lines := len(one.read_text().splitlines())) > most]


@pytest.mark.parametrize("language", words.LANGUAGES)
async def test_every_component_is_in_the_gallery(browser: httpx.AsyncClient, language: str) -> None:
    browser.cookies.set("bahasa", language)
    page = Reading((await browser.get("/gaya")).text)
    assert set(COMPONENTS) - SHELL - set(page.ids()) == set()


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
async def test_a_page_of_the_gallery_is_shown_in_both_languages_without_style_attributes(
    browser: httpx.AsyncClient, path: str, language: str
) -> None:
    browser.cookies.set("bahasa", language)
    answer = await browser.get(path)
    page = Reading(answer.text)
    names = [tag for tag, _ in page.tags]
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.text
    assert [names.count(tag) for tag in ("h1", "main")] == [1, 1]
    assert not [name for _, said in page.tags for name in said if name == "style" or name.startswith("on")]
    assert len(page.ids()) == len(set(page.ids()))


@pytest.mark.parametrize("path", PAGES)
async def test_whatever_is_described_or_labelled_by_something_finds_it(browser: httpx.AsyncClient, path: str) -> None:
    page = Reading((await browser.get(path)).text)
    names = ("aria-describedby", "aria-labelledby", "for", "popovertarget", "list")
    wanted = {one for _, said in page.tags for name in names for one in (said.get(name) or "").split()}
    assert wanted - set(page.ids()) == set()


async def test_the_theme_that_somebody_chose_stands_in_the_page(browser: httpx.AsyncClient) -> None:
    assert "data-theme" not in (await browser.get("/gaya")).text
    browser.cookies.set("tema", "gelap")
    assert 'data-theme="gelap"' in (await browser.get("/gaya")).text


async def test_a_surface_that_does_not_exist_is_not_found(browser: httpx.AsyncClient) -> None:
    assert (await browser.get("/gaya/none")).status_code == 404


@pytest.mark.parametrize("surface", ["tailor", "offer", "question"])
async def test_pages_for_the_phone_carry_their_style_inside(browser: httpx.AsyncClient, surface: str) -> None:
    page = Reading((await browser.get(f"/gaya/{surface}")).text)
    assert [tag for tag, _ in page.tags].count("style") == 1
    assert not [link for link in page.links() if link.endswith(".css")]


async def test_the_answers_to_a_page_take_the_place_of_the_navigation(browser: httpx.AsyncClient) -> None:
    today, offer = [(await browser.get(f"/gaya/{one}")).text for one in ("tailor", "offer")]
    assert ('class="bottom-nav"' in today, 'class="actions"' in today) == (True, False)
    assert ('class="bottom-nav"' in offer, 'class="actions"' in offer) == (False, True)


async def test_a_mistake_is_linked_from_the_summary_and_said_at_its_field(browser: httpx.AsyncClient) -> None:
    page = (await browser.get("/gaya")).text
    assert '<a href="#f-phone">' in page
    assert re.search(r'id="f-phone"[^>]*aria-describedby="f-phone-bantu f-phone-salah" aria-invalid="true"', page)


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_begins_by_saying_how_it_is_used(name: str) -> None:
    source = (WEB / "templates" / "components" / f"{name}.html").read_text()
    assert re.match(r"\{# .{30}", source)
    assert f"macro {name}(" in source


def test_a_component_or_a_part_has_at_most_30_lines_and_a_page_60() -> None:
    templates = found(WEB / "templates", ".html")
    parts = [one for one in templates if one.name.startswith("_") or "/components/" in str(one)]
    assert long_ones(parts, 30) == []
    assert long_ones(templates, 60) == []


def test_a_sheet_has_at_most_100_lines_and_a_module_80() -> None:
    assert long_ones(found(WEB / "static" / "css", ".css"), 100) == []
    assert long_ones(found(WEB / "static" / "js", ".js"), 80) == []


def test_all_style_together_weighs_at_most_12_kilobytes_packed() -> None:
    assert len(gzip.compress(assets.style(), 9)) <= 12_000


def test_all_modules_together_weigh_at_most_6_kilobytes_packed() -> None:
    own = [one.read_bytes() for one in found(WEB / "static" / "js", ".js")]
    assert sum(len(gzip.compress(one, 9)) for one in own) <= 6_000


def test_every_sheet_lies_in_a_layer() -> None:
    sheets = {one.name: one.read_text() for one in found(WEB / "static" / "css", ".css")}
    assert [name for name, text in sheets.items() if not re.match(r"@layer [a-z, ]+[{;]", text)] == []


def test_no_template_holds_a_style_attribute_or_a_script_of_its_own() -> None:
    texts = {one.name: one.read_text() for one in found(WEB / "templates", ".html")}
    assert [name for name, text in texts.items() if re.search(r'\sstyle="|<script(?![^>]*src=)', text)] == []
