"""Sending the forms of a page as a browser does."""

import re
from html import unescape

import httpx


def key_of(page: httpx.Response, path: str) -> str:
    """The key of the form that leads to `path`. Raises where the page has no such form."""
    begins = rf'<form[^>]*action="{re.escape(path)}"[^>]*>'
    found = re.search(rf'{begins}\s*<input type="hidden" name="kunci" value="(\w+)"', page.text)
    assert found, f"no form to {path}"
    return found[1]


async def send(browser: httpx.AsyncClient, page: httpx.Response, path: str, **fields: str) -> httpx.Response:
    """Send the form of a page that leads to `path`, with its own key."""
    return await browser.post(path, data={"kunci": key_of(page, path), **fields})


def words_of(page: httpx.Response) -> str:
    """What a person reads, blanks made one."""
    body = re.sub(r"<style>.*?</style>|<[^>]+>", " ", page.text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(body)).replace("\u00a0", " ")
