"""Components: each is shown in the gallery, says how it is used, stays small, and needs no style in the page."""

import gzip
import re
from importlib.resources import files
from importlib.resources.abc import Traversable

import httpx
import pytest

from clothingline.web import assets, charts, words
from clothingline.web.forms import Form, Mistake
from clothingline.web.gallery import SURFACES
from clothingline.web.marks import About
from clothingline.web.rendering import environment
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


def test_the_behaviours_of_the_components_together_weigh_at_most_3900_bytes_packed() -> None:
    folder = WEB / "static" / "js"
    table = (folder / "app.js").read_text()
    named = ["app.js", *re.findall(r'"\./(\w+\.js)"', table)]
    assert len(named) > 5
    assert sum(len(gzip.compress((folder / one).read_bytes(), 9)) for one in named) <= 3_900


def test_every_sheet_lies_in_a_layer() -> None:
    sheets = {one.name: one.read_text() for one in found(WEB / "static" / "css", ".css")}
    assert [name for name, text in sheets.items() if not re.match(r"@layer [a-z, ]+[{;]", text)] == []


def test_no_template_holds_a_style_attribute_or_a_script_of_its_own() -> None:
    texts = {one.name: one.read_text() for one in found(WEB / "templates", ".html")}
    assert [name for name, text in texts.items() if re.search(r'\sstyle="|<script(?![^>]*src=)', text)] == []


def drawn(name: str, call: str, **values: object) -> str:
    """What one macro draws."""
    template = f'{{% from "components/{name}.html" import {name} %}}{{{{ {call} }}}}'
    return " ".join(environment().from_string(template).render(values).split())


@pytest.mark.parametrize("tone", ["info", "ok", "warn", "error"])
def test_a_tone_never_speaks_without_a_drawing_and_words(tone: str) -> None:
    badge = drawn("badge", f'badge("Menunggu", "{tone}")')
    assert "<svg" in badge
    assert "Menunggu" in badge


def test_what_people_wrote_stays_text_in_every_component_that_shows_it() -> None:
    card = drawn("card", 'card(title, "/x", status=title, facts=[(title, title)])', title="<b>x</b>")
    assert "<b>" not in card
    assert card.count("&lt;b&gt;x&lt;/b&gt;") == 4


@pytest.mark.parametrize(("done", "kind"), [(3, "progress"), (20, "progress full")])
def test_progress_is_a_native_element_with_words(done: int, kind: str) -> None:
    shown = drawn("progress", "progress(done, 20, 'so far')", done=done)
    assert f'class="{kind}' in shown
    assert f'<progress class="sewn" value="{done}" max="20" aria-label="so far">' in shown
    assert "<span>so far</span>" in shown


def test_a_typed_value_stays_in_its_field_after_a_refusal() -> None:
    form = Form({"phone": ["0812"]}, [Mistake("phone", "Too short")])
    shown = drawn("field", 'field(form, "phone", "Phone", default="0899")', form=form)
    assert 'value="0812"' in shown
    assert 'aria-invalid="true"' in shown


def test_a_choice_that_was_made_stays_made_after_a_refusal() -> None:
    call = 'choices(form, "how", "How?", [("a", "A"), ("b", "B")], default="a")'
    template = '{% from "components/fieldset.html" import choices %}{{ ' + call + " }}"
    shown = environment().from_string(template).render(form=Form({"how": ["b"]}))
    assert re.findall(r'value="(\w)" checked', shown) == ["b"]


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/admin", ["/admin"]),
        ("/admin/pilot", ["/admin/pilot"]),
        ("/admin/pilot/x", ["/admin/pilot"]),
        ("/admin/pilots", []),
    ],
)
def test_the_rail_marks_the_place_of_a_page_and_of_the_pages_below_it(path: str, current: list[str]) -> None:
    items = [("Home", "/admin", "home", 0), ("Pilot", "/admin/pilot", "people", 3)]
    shown = drawn("rail", "rail(items, path)", items=items, path=path)
    assert re.findall(r'href="([^"]+)" aria-current', shown) == current
    assert '<span class="badge count">3' in shown


def test_a_table_says_how_it_is_sorted_and_names_each_cell_for_the_phone() -> None:
    columns = [{"words": "Order", "sort": "?by=order", "sorted": "ascending"}, {"words": "Pieces", "number": True}]
    shown = drawn("table", "table('Orders', columns, [['CL-1', '12']])", columns=columns)
    assert '<th scope="col" aria-sort="ascending"><a href="?by=order">' in shown
    assert '<td data-label="Pieces" class="number">12</td>' in shown


def test_a_button_that_needs_a_script_is_not_there_without_one() -> None:
    stepper = drawn("stepper", 'stepper(form, "n", "Pieces")', form=Form())
    copy = drawn("copy_button", 'copy_button("8808", "number")')
    assert [stepper.count(" hidden"), copy.count(" hidden")] == [2, 1]


def test_a_toast_offers_the_way_back_as_a_form_with_a_key() -> None:
    toast = {"said": "Selesai Jumat", "undo": "/t/undo"}
    shown = drawn("toast_region", 'toast_region(toast, "KEY")', toast=toast)
    assert "<p>Selesai Jumat</p>" in shown
    assert '<form method="post" action="/t/undo">KEY' in shown


def test_a_chart_is_a_picture_with_a_name_a_description_and_a_table() -> None:
    chart = charts.line(About("c", "Question?", "Answer."), ["a", "b"], {"one": [1, 2]})
    shown = drawn("chart_svg", "chart_svg(chart)", chart=chart)
    assert '<svg role="img" aria-labelledby="c-judul c-isi"' in shown
    assert '<title id="c-judul">Question?</title><desc id="c-isi">Answer.</desc>' in shown
    assert '<th scope="row">a</th><td class="number">1</td>' in shown
