"""Pages: what they show, where their links lead, and what they may never hold."""

import re
from collections.abc import AsyncIterator
from html.parser import HTMLParser

import httpx
import pytest
from fastapi import FastAPI, Request, Response

from clothingline.kit.errors import Refusal, kinds
from clothingline.web.rendering import environment, marked
from clothingline.web.written import thousands

FIRST_PAGES = ["/", "/api", "/api/events", "/api/masalah", "/api/masalah/not-found", "/api/none"]


class Reading(HTMLParser):
    """What a page holds."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def links(self) -> list[str]:
        """Targets of all links and style sheets."""
        return [str(said["href"]) for _, said in self.tags if said.get("href")]

    def ids(self) -> list[str]:
        """Anchors."""
        return [str(said["id"]) for _, said in self.tags if "id" in said]


@pytest.fixture
async def browser(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody with a browser."""
    accepts = {"accept": "text/html,application/xhtml+xml"}
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://clothingline.test", headers=accepts
    ) as opened:
        yield opened


async def test_the_home_page_says_in_indonesian_what_runs_here(browser: httpx.AsyncClient) -> None:
    shown = await browser.get("/")
    assert shown.status_code == 200
    assert '<html lang="id"' in shown.text
    assert "dijahit penjahit bersertifikat dekat Anda" in shown.text
    assert all(word in shown.text for word in ("IKM fesyen", "Penjahit", "Desain"))


@pytest.mark.parametrize("path", FIRST_PAGES)
async def test_a_page_holds_modules_of_ours_and_no_inline_style(browser: httpx.AsyncClient, path: str) -> None:
    tags = Reading((await browser.get(path)).text).tags
    assert {"style", "iframe"}.isdisjoint(tag for tag, _ in tags)
    scripts = [said for tag, said in tags if tag == "script"]
    assert scripts
    assert all(said["type"] == "module" and str(said["src"]).startswith("/static/") for said in scripts)
    assert not [name for _, said in tags for name in said if name == "style" or name.startswith("on")]


@pytest.mark.parametrize("path", FIRST_PAGES)
async def test_a_page_has_one_heading_landmarks_and_a_skip_link(browser: httpx.AsyncClient, path: str) -> None:
    page = Reading((await browser.get(path)).text)
    names = [tag for tag, _ in page.tags]
    assert [names.count(tag) for tag in ("h1", "main", "header", "footer")] == [1, 1, 1, 1]
    assert page.links().count("#isi") == 1
    assert len(page.ids()) == len(set(page.ids()))


async def test_every_link_of_every_page_leads_somewhere(browser: httpx.AsyncClient) -> None:
    waiting, seen = ["/"], dict[str, Reading]()
    while waiting:
        path = waiting.pop()
        answer = await browser.get(path)
        if answer.status_code == 303 and answer.headers["location"].startswith("/masuk?"):
            answer = await browser.get(answer.headers["location"])
        assert answer.status_code == 200, path
        seen[path] = Reading(answer.text if "html" in answer.headers["content-type"] else "")
        found = {link.partition("#")[0] for link in seen[path].links() if "kembali=" not in link} - {""}
        found = {link for link in found if link.startswith("/")}  # not a telephone, not another site
        waiting += sorted(link for link in found - seen.keys() if link not in waiting)
    broken = [
        (path, link)
        for path, page in seen.items()
        for link in page.links()
        if "#" in link and link.partition("#")[2] not in seen[link.partition("#")[0] or path].ids()
    ]
    assert broken == []
    assert len(seen) > 20


async def test_the_style_sheet_is_named_after_its_content_and_kept_for_ever(browser: httpx.AsyncClient) -> None:
    [sheet] = re.findall(r'href="(/static/[^"]+\.css)"', (await browser.get("/")).text)
    answer = await browser.get(sheet)
    assert answer.headers["content-type"].startswith("text/css")
    assert "immutable" in answer.headers["cache-control"]
    assert "url(" not in answer.text


@pytest.mark.parametrize("path", [*FIRST_PAGES, "/v1/me", "/v1/openapi.json", "/healthz"])
async def test_every_answer_carries_the_security_headers(browser: httpx.AsyncClient, path: str) -> None:
    said = (await browser.get(path)).headers
    policy = said["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "script-src 'self';" in policy
    assert (said["x-content-type-options"], said["x-frame-options"]) == ("nosniff", "DENY")
    assert "strict-transport-security" not in said


async def test_an_encrypted_answer_asks_to_stay_encrypted(app: FastAPI) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://clothingline.test") as client:
        assert "max-age" in (await client.get("/healthz")).headers["strict-transport-security"]


async def test_every_refusal_has_its_page(browser: httpx.AsyncClient) -> None:
    listed = (await browser.get("/api/masalah")).text
    for kind in kinds():
        path = f"/api/masalah/{kind.word().replace('_', '-')}"
        assert f'href="{path}"' in listed
        assert kind.word() in (await browser.get(path)).text


@pytest.mark.parametrize("kind", list(kinds()), ids=lambda kind: kind.__name__)
def test_every_refusal_speaks_both_languages(kind: type[Refusal]) -> None:
    indonesian, _, english = (kind.__doc__ or "").partition("en:")
    assert indonesian.strip()
    assert english.strip()


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/v1/nothing"), ("PUT", "/v1/me"), ("GET", "/v1/me"), ("GET", "/v1/calendar")]
)
async def test_the_type_of_a_problem_leads_to_its_page(client: httpx.AsyncClient, method: str, path: str) -> None:
    problem = (await client.request(method, path)).json()
    page = await client.get(problem["type"])
    assert page.status_code == 200
    assert problem["code"] in page.text


async def test_a_browser_gets_a_page_and_a_program_a_problem_document(
    browser: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    page, document = await browser.get("/tidak-ada"), await client.get("/tidak-ada")
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "Tidak ditemukan" in page.text
    assert (document.status_code, document.headers["content-type"]) == (404, "application/problem+json")
    assert (await browser.get("/v1/tidak-ada")).headers["content-type"] == "application/problem+json"


async def test_a_fault_of_ours_is_a_problem_document_that_tells_nothing(app: FastAPI) -> None:
    async def broken(request: Request) -> Response:
        raise ZeroDivisionError("a secret of the inside")

    app.add_route("/broken", broken)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://clothingline.test") as client:
        answer = await client.get("/broken")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal_fault")
    assert "secret" not in answer.text
    assert "content-security-policy" in answer.headers
    assert answer.headers["request-id"] == answer.json()["request_id"]


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_text_that_is_asked_for_in_a_template_is_never_markup(language: str) -> None:
    template = environment(language).from_string("{{ _(said) }} {{ _('%(x)s', x=said) }} {{ ngettext(said, said, 2) }}")
    assert template.render(said="<b>") == "&lt;b&gt; &lt;b&gt; &lt;b&gt;"


def test_what_people_wrote_is_never_markup() -> None:
    assert marked("<b>`x<y`</b>") == "&lt;b&gt;<code>x&lt;y</code>&lt;/b&gt;"
    template = environment().from_string("{{ name }}")
    assert template.render(name="<script>") == "&lt;script&gt;"


def test_numbers_are_written_as_in_indonesia() -> None:
    assert [thousands(number) for number in (0, 999, 1_131_400)] == ["0", "999", "1.131.400"]
