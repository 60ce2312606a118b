"""The answer of a page: a template with what every page knows, or the way to the next page with a word on it."""

import base64
import gzip
import json
from functools import partial
from typing import Annotated, Any, Protocol

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from clothingline.kit.access import Caller
from clothingline.kit.http.site import site_of
from clothingline.web import words
from clothingline.web.forms import Form
from clothingline.web.rendering import render

LANGUAGE, THEME, TOAST = "bahasa", "tema", "pesan"
THEMES = ("terang", "gelap")
TOAST_SECONDS = 30
KEPT = "x-kept"  # a phone keeps a copy of a page; nobody looks at it now
TOLD = "x-toast"  # a page that says what was just done is not kept
NOBODY = Caller(None, language=words.INDONESIAN)


class Shower(Protocol):
    """Makes the answer of a page."""

    def __call__(self, template: str, *, status: int = 200, **values: Any) -> Response:
        """The page of a template with its values."""


def show(request: Request) -> Shower:
    """What a handler answers with; htmx gets the block that is named as the element it fills."""

    def answer(template: str, *, status: int = 200, **values: Any) -> Response:
        told = {**known(request), **values}
        draw = partial(render, template, told["language"], told, block=_wished_block(request))
        text = draw()
        if told["form"].mistakes:  # what it asks to correct it calls by the names that it has learnt meanwhile
            text = draw()
        return _sent(request, text, status)

    return answer


async def _show(request: Request) -> Shower:
    return show(request)


Show = Annotated[Shower, Depends(_show)]


def known(request: Request) -> dict[str, Any]:
    """What every template may use."""
    return {
        "caller": getattr(request.state, "caller", NOBODY),
        "language": language(request),
        "theme": request.cookies.get(THEME) if request.cookies.get(THEME) in THEMES else None,
        "path": request.url.path,
        "query": request.url.query,
        "site": site_of(request).origin,
        "form": getattr(request.state, "form", None) or Form(),
        "toast": None if KEPT in request.headers else _toast(request),
    }


def language(request: Request) -> str:
    """What the person reads: the choice in the cookie, else Indonesian. `/en/…` is always English."""
    if request.url.path == "/en" or request.url.path.startswith("/en/"):
        return words.ENGLISH
    chosen = request.cookies.get(LANGUAGE)
    return chosen if chosen in words.LANGUAGES else words.INDONESIAN


def _wished_block(request: Request) -> str | None:
    if "hx-request" not in request.headers:
        return None
    return request.headers.get("hx-target", "").replace("-", "_") or None


def _sent(request: Request, text: str, status: int) -> Response:
    headers = {"Vary": "Cookie, Accept-Encoding, HX-Request", "Cache-Control": _keeping(request)}
    body = text.encode()
    if "gzip" in request.headers.get("accept-encoding", ""):
        body, headers["Content-Encoding"] = gzip.compress(body, 6, mtime=0), "gzip"
    answer = HTMLResponse(body, status, headers)
    if TOAST in request.cookies and KEPT not in request.headers:
        answer.delete_cookie(TOAST)
        answer.headers[TOLD] = "1"
    return answer


def _keeping(request: Request) -> str:
    """What is shown to somebody who is signed in is kept by nobody but the phone's own worker."""
    return "no-store" if known_account(request) else "no-cache"


def known_account(request: Request) -> bool:
    """Whether the request comes from somebody who is signed in."""
    return getattr(request.state, "caller", NOBODY).account is not None


def see(path: str, said: str | None = None, *, undo: str | None = None, **values: object) -> Response:
    """On to another page (303), which says `said` with its values and offers to `undo` by a form to that path."""
    answer = RedirectResponse(path, 303)
    if said is not None:
        told = json.dumps({"said": said, "undo": undo, "values": {name: str(value) for name, value in values.items()}})
        packed = base64.urlsafe_b64encode(told.encode()).decode()
        answer.set_cookie(TOAST, packed, max_age=TOAST_SECONDS, httponly=True, samesite="lax")
    return answer


def _toast(request: Request) -> dict[str, Any] | None:
    """What was just done, in plain words: a cookie is no msgid of ours, which a template would take for markup."""
    try:
        told = json.loads(base64.urlsafe_b64decode(request.cookies.get(TOAST, "")))
        undo = told["undo"]
        return {
            "said": words.translations(language(request)).gettext(told["said"]) % dict(told["values"]),
            "undo": undo if undo and undo.startswith("/") and not undo.startswith("//") else None,
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
