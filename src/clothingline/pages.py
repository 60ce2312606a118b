"""The pages of the web, put together at the edge: the home page counts what the houses hold."""

from fastapi import FastAPI
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from clothingline.brands.models import Brand
from clothingline.kit import db
from clothingline.kit.errors import NotFound
from clothingline.materials.models import Lot
from clothingline.papers import checking
from clothingline.papers import queries as papers
from clothingline.tailors.models import Tailor
from clothingline.web import assets, reference, refusals
from clothingline.web.rendering import page

COUNTED = {"brands": Brand, "tailors": Tailor, "lots": Lot}


def routes() -> list[BaseRoute]:
    """Every page, and the style sheet."""
    return [
        Route("/", home),
        Route("/api", listed),
        Route("/api/masalah", refusals.listed),
        Route("/api/masalah/{slug}", refusals.shown),
        Route("/api/{tag}", shown),
        Route("/dokumen/{token}", paper),
        assets.route(),
    ]


async def home(request: Request) -> Response:
    """`/`: what runs here."""
    async with db.transaction() as session:
        held = await counts(session)
    return page("home.html", counts=held, version=_app(request).version)


async def counts(session: AsyncSession) -> dict[str, int]:
    """How many brands, tailors and lots of cloth there are. One statement."""
    columns = [select(func.count()).select_from(model).scalar_subquery().label(name) for name, model in COUNTED.items()]
    row = (await session.execute(select(*columns))).one()
    return {str(name): int(value) for name, value in row._mapping.items()}


async def listed(request: Request) -> Response:
    """`/api`: how to begin, and every resource."""
    return page("reference/list.html", resources=reference.resources(_app(request).openapi()))


async def shown(request: Request) -> Response:
    """`/api/{tag}`: the operations of one resource. Raises `NotFound`."""
    found = [one for one in reference.resources(_app(request).openapi()) if one.tag == request.path_params["tag"]]
    if not found:
        raise NotFound
    return page("reference/show.html", resource=found[0])


async def paper(request: Request) -> Response:
    """`/dokumen/{token}`: what the code on a paper leads to, with nothing about a person. Raises `DocumentNotFound`."""
    async with db.transaction() as session:
        document = await papers.get_document_by_token(session, request.path_params["token"])
    return page("papers/shown.html", paper=checking.shown(document))


def _app(request: Request) -> FastAPI:
    app: FastAPI = request.app
    return app
