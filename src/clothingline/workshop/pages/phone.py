"""What makes pages an app on the phone: the worker, the manifest, what is kept for later, whether there is a signal."""

import json

from fastapi import Response
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.requests import Request
from starlette.routing import Route

from clothingline.kit.access import Role
from clothingline.kit.http.route import CurrentReach, Session
from clothingline.kit.ids import show as id_of
from clothingline.production import queries as production
from clothingline.production.models import Job
from clothingline.production.steps import STEPS, steps_done
from clothingline.routing import queries as routing
from clothingline.web import assets
from clothingline.web.route import open_to, page_router

PLACES = ("/t", "/t/kerja", "/t/uang", "/t/kalender", "/t/antrean", "/t/bantuan", "/t/saya")
MOST_OFFERS, MOST_JOBS = 5, 10
OWN = frozenset({"receive_kit", "start", "submit", "hand_over"})  # steps that a tailor does
SHELL = ("js/tailor.js", "img/icon.svg")
NEW = {"Cache-Control": "no-cache", "Service-Worker-Allowed": "/t"}

pages = page_router()


@pages.get("/t/simpan")
@open_to(Role.TAILOR)
async def list_kept(session: Session, reach: CurrentReach) -> Response:
    """The pages that the phone keeps for when there is no signal: places, open offers, jobs with their next step."""
    offers = (await routing.list_open_offers(session, reach))[:MOST_OFFERS]
    jobs = (await production.list_jobs_at_work(session, reach))[:MOST_JOBS]
    answers = [f"/t/tawaran/{id_of('off', one.id)}{more}" for one in offers for more in ("", "/tolak")]
    return JSONResponse({"paths": [*PLACES, *(path for job in jobs for path in _of_job(job)), *answers]})


def _of_job(job: Job) -> list[str]:
    path, done = f"/t/kerja/{id_of('job', job.id)}", steps_done(job.state)
    coming = [f"{path}/langkah/{number}" for number, step in enumerate(STEPS, 1) if number > done and step.code in OWN]
    return [path, f"{path}/masalah", *coming]


async def _worker(request: Request) -> Response:
    """The service worker, which knows the version of everything that it keeps."""
    shell = [*map(assets.path, SHELL), "/t/luring"]
    begin = f"const VERSION = {json.dumps(assets.version())};\nconst SHELL = {json.dumps(shell)};\n"
    text = assets.every()["js/sw.js"].body
    return assets.compressed(request, assets.Asset(begin.encode() + text, "text/javascript"), NEW)


async def _manifest(request: Request) -> Response:
    """What a home screen shows."""
    icons = [
        {"src": assets.path(f"img/{name}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for name, size, purpose in (("icon-192", 192, "any"), ("icon-512", 512, "any"), ("icon-mask", 512, "maskable"))
    ]
    shortcuts = [{"name": words, "url": path} for words, path in (("Hari ini", "/t"), ("Uang", "/t/uang"))]
    said = {
        "id": "/t",
        "start_url": "/t",
        "scope": "/t",
        "name": "clothingline penjahit",
        "short_name": "Penjahit",
        "lang": "id",
        "display": "standalone",
        "background_color": "#FBF8F2",
        "theme_color": "#1F4788",
        "icons": icons,
        "shortcuts": shortcuts,
    }
    asset = assets.Asset(json.dumps(said).encode(), "application/manifest+json")
    return assets.compressed(request, asset, {"Cache-Control": "no-cache"})


async def _ping(_: Request) -> Response:
    """There is a signal."""
    return Response(status_code=204, headers={"Cache-Control": "no-store"})


async def _icon(_: Request) -> Response:
    """What a browser asks for by itself where a page names no icon: the provider's for practice, the API's papers."""
    return RedirectResponse(assets.path("img/icon.svg"), headers={"Cache-Control": "public, max-age=3600"})


def routes() -> list[Route]:
    """What is the same for everybody and asks no database."""
    return [
        Route("/t/sw.js", _worker),
        Route("/t/manifest.webmanifest", _manifest),
        Route("/ping", _ping),
        Route("/favicon.ico", _icon),
    ]
