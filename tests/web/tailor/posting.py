"""Sending the forms of a page as a browser does."""

import re
from html import unescape

import httpx


async def send(browser: httpx.AsyncClient, page: httpx.Response, path: str, **fields: str) -> httpx.Response:
    """Send the form of a page that leads to `path`, with its own key. Raises where the page has no such form."""
    found = re.search(
        rf'<form[^>]*action="{re.escape(path)}"[^>]*>\s*<input type="hidden" name="kunci" value="(\w+)"', page.text
    )
    assert found, f"no form to {path}"
    return await browser.post(path, data={"kunci": found[1], **fields})


def words_of(page: httpx.Response) -> str:
    """What a person reads, blanks made one."""
    body = re.sub(r"<style>.*?</style>|<[^>]+>", " ", page.text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(body)).replace("\u00a0", " ")
