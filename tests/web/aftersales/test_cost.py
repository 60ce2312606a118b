"""What reviews cost a page in statements, however many there are."""

from fastapi import FastAPI

from tests.aftersales.scenes import arrived
from tests.api.test_query_budgets import USUAL, counted
from tests.cast import Actor, Cast
from tests.web.aftersales.reading import design_of, open_one
from tests.web.desk import Desk, desk_of


async def cost(desk: Desk, path: str) -> int:
    """Statements of one look."""
    with counted() as said:
        await desk.page(path)
    return len(said)


async def test_reviews_add_two_statements_to_the_page_of_a_design(app: FastAPI, cast: Cast) -> None:
    scene, jobs = await arrived(cast)
    anybody, path = desk_of(app, scene.rina), f"/desain/{await design_of(scene)}"
    await anybody.page(path)  # the first look reads what stays known: the market, the facts
    before = await cost(anybody, path)
    await open_one(scene, jobs)
    assert await cost(anybody, path) - before == 2


async def test_lists_of_reviews_keep_to_their_budget(app: FastAPI, cast: Cast, officer: Actor) -> None:
    scene, jobs = await arrived(cast)
    await open_one(scene, jobs)
    looks = ((scene.dewi, "/merek/ulasan"), (scene.siti, "/t/ulasan"), (officer, "/admin/ulasan"))
    spent = {path: await cost(desk_of(app, actor), path) for actor, path in looks}
    assert max(spent.values()) <= USUAL, spent
