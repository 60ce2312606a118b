"""A buyer reviews an order that has come; its makers read it after they have spoken, or after seven days."""

import asyncio
from collections.abc import Awaitable, Callable

from sqlalchemy import select

from clothingline.aftersales import service
from clothingline.kit import db, ids
from clothingline.kit.access import Reach, Role
from clothingline.kit.events import Event
from tests.aftersales.scenes import (
    FIT,
    RATED,
    SAID,
    arrived,
    open_reviews,
    rated_by_brand,
    rated_by_tailor,
    read,
    reviewed,
)
from tests.cast import Cast
from tests.money.paths import met_by_a_lock
from tests.production.scene import set_scene

Advance = Callable[..., Awaitable[None]]


async def test_an_order_that_has_come_is_reviewed_and_after_seven_days_everybody_reads_it(
    cast: Cast, advance: Advance
) -> None:
    scene, _ = await arrived(cast)
    review = await reviewed(scene)
    assert await open_reviews(scene.rina) == []
    await advance(days=6, hours=23)
    assert await open_reviews(scene.rina) == []
    await advance(hours=2)
    [shown] = await open_reviews(scene.rina)
    assert (shown["id"], shown["open"], shown["name"], shown["fit"]) == (review, True, "Rina", FIT)
    assert (shown["neatness"], shown["on_time"], shown["words"]) == (4, True, "Jahitannya rapi.")


async def test_what_has_not_come_cannot_be_reviewed(cast: Cast) -> None:
    scene = await set_scene(cast, stage="ready")
    answer = await scene.rina.post(f"/v1/orders/{scene.code}/reviews", SAID)
    assert (answer.status_code, answer.json()["code"]) == (409, "not_arrived")


async def test_an_order_is_reviewed_once_however_often_the_buyer_presses(cast: Cast) -> None:
    scene, _ = await arrived(cast)
    path = f"/v1/orders/{scene.code}/reviews"
    answers = await asyncio.gather(*(scene.rina.post(path, SAID) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    assert {answer.json().get("code") for answer in answers} == {None, "already_reviewed"}


async def test_before_its_time_the_makers_learn_that_it_is_there_and_nothing_of_what_it_says(cast: Cast) -> None:
    scene, _ = await arrived(cast)
    review = await reviewed(scene)
    for maker in (scene.dewi, scene.siti):
        seen = await read(maker, review)
        assert seen["readable"] is False
        told = ("name", "fit", "neatness", "on_time", "words", "has_photo", "answer")
        assert {seen[name] for name in told} == {None}
    assert (await read(scene.rina, review))["words"] == "Jahitannya rapi."


async def test_a_maker_who_has_spoken_too_reads_it_while_the_other_does_not(cast: Cast) -> None:
    scene, _ = await arrived(cast)
    review = await reviewed(scene)
    assert (await rated_by_brand(scene)).status_code == 201
    assert (await read(scene.dewi, review))["words"] == "Jahitannya rapi."
    assert (await read(scene.siti, review))["readable"] is False
    assert await open_reviews(scene.rina) == []


async def test_it_opens_to_everybody_as_soon_as_every_maker_has_spoken(cast: Cast) -> None:
    scene, jobs = await arrived(cast, pieces=(12, 8))
    review = await reviewed(scene)
    for maker, job in enumerate(jobs):
        assert (await rated_by_tailor(scene, job, maker=maker)).status_code == 201
        assert await open_reviews(scene.rina) == []
    assert (await rated_by_brand(scene)).status_code == 201
    assert [one["id"] for one in await open_reviews(scene.rina)] == [review]


async def test_it_opens_at_once_when_every_maker_has_spoken_before(cast: Cast) -> None:
    scene, [job] = await arrived(cast)
    await rated_by_brand(scene)
    await rated_by_tailor(scene, job)
    review = await reviewed(scene)
    assert [one["id"] for one in await open_reviews(scene.rina)] == [review]


async def test_two_makers_who_speak_at_the_same_moment_open_it_together(cast: Cast) -> None:
    scene, [job] = await arrived(cast)
    review = await reviewed(scene)
    answers = await asyncio.gather(rated_by_brand(scene), rated_by_tailor(scene, job))
    assert [answer.status_code for answer in answers] == [201, 201]
    assert [one["id"] for one in await open_reviews(scene.rina)] == [review]


async def test_the_buyer_reads_what_a_maker_says_after_having_spoken_or_after_seven_days(
    cast: Cast, advance: Advance
) -> None:
    scene, [job] = await arrived(cast)
    await rated_by_brand(scene)
    path = f"/v1/orders/{scene.code}/remarks"
    assert (await scene.rina.get(path)).json()["data"] == []
    await reviewed(scene)
    [remark] = (await scene.rina.get(path)).json()["data"]
    assert (remark["rating"], remark["words"]) == (RATED["rating"], RATED["words"])
    await rated_by_tailor(scene, job)
    assert len((await scene.rina.get(path)).json()["data"]) == 2
    assert len((await scene.dewi.get(path)).json()["data"]) == 1

    scene, _ = await arrived(cast)
    await rated_by_brand(scene)
    await advance(days=7, hours=1)
    [remark] = (await scene.rina.get(f"/v1/orders/{scene.code}/remarks")).json()["data"]
    assert remark["words"] == RATED["words"]


async def test_a_maker_speaks_once_and_not_after_the_review_is_open(cast: Cast, advance: Advance) -> None:
    scene, [job] = await arrived(cast)
    await reviewed(scene)
    answers = await asyncio.gather(*(rated_by_brand(scene) for _ in range(2)))
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert {answer.json().get("code") for answer in answers} == {None, "already_remarked"}
    await advance(days=7, hours=1)
    late = await rated_by_tailor(scene, job)
    assert (late.status_code, late.json()["code"]) == (409, "review_opened")


async def test_nobody_speaks_of_the_buyer_before_the_goods_have_come(cast: Cast) -> None:
    scene = await set_scene(cast, stage="ready")
    answer = await rated_by_brand(scene)
    assert (answer.status_code, answer.json()["code"]) == (409, "not_arrived")


async def test_a_review_is_put_right_until_somebody_else_can_have_read_it(cast: Cast) -> None:
    scene, _ = await arrived(cast)
    review = await reviewed(scene)
    other = SAID | {"fit": FIT | {"sleeve": "loose"}, "neatness": 2, "words": "Kancingnya lepas."}
    changed = await scene.rina.call("PUT", f"/v1/reviews/{review}", other)
    assert changed.status_code == 200, changed.text
    seen = await read(scene.rina, review)
    assert (seen["fit"]["sleeve"], seen["neatness"], seen["words"]) == ("loose", 2, "Kancingnya lepas.")
    await rated_by_brand(scene)
    late = await scene.rina.call("PUT", f"/v1/reviews/{review}", SAID)
    assert (late.status_code, late.json()["code"]) == (409, "review_settled")
    assert (await read(scene.dewi, review))["words"] == "Kancingnya lepas."


async def test_a_review_is_put_right_for_seven_days_and_no_longer(cast: Cast, advance: Advance) -> None:
    scene, _ = await arrived(cast)
    review = await reviewed(scene)
    await advance(days=6)
    assert (await scene.rina.call("PUT", f"/v1/reviews/{review}", SAID)).status_code == 200
    await advance(days=1, hours=1)
    late = await scene.rina.call("PUT", f"/v1/reviews/{review}", SAID)
    assert (late.status_code, late.json()["code"]) == (409, "review_settled")


async def test_only_zones_of_the_garment_are_asked_and_for_one_body_all_of_them(cast: Cast) -> None:
    scene, _ = await arrived(cast)
    path = f"/v1/orders/{scene.code}/reviews"
    unknown = await scene.rina.post(path, SAID | {"fit": {"head": "right"}})
    assert unknown.status_code == 422
    assert (await scene.rina.post(path, SAID | {"fit": {}})).status_code == 201


async def test_a_review_that_is_taken_back_twice_is_so_once_and_what_was_ticked_stays(
    cast: Cast, advance: Advance
) -> None:
    scene, _ = await arrived(cast)
    review = await reviewed(scene)
    await advance(days=8)
    for _ in range(2):
        assert (await scene.rina.call("DELETE", f"/v1/reviews/{review}")).status_code == 204
    seen = await read(scene.dewi, review)
    assert (seen["name"], seen["words"], seen["neatness"], seen["fit"]) == (None, None, 4, FIT)
    async with db.transaction() as session:
        events = await session.scalars(select(Event).where(Event.name == "ReviewForgotten"))
        assert len(events.all()) == 1


async def test_a_review_that_was_taken_back_is_answered_no_more(cast: Cast, advance: Advance) -> None:
    scene, _ = await arrived(cast)
    review = await reviewed(scene)
    await advance(days=8)
    assert (await scene.rina.call("DELETE", f"/v1/reviews/{review}")).status_code == 204
    answer = await scene.dewi.post(f"/v1/reviews/{review}/answer", {"words": "Terima kasih, Bu Rina."})
    assert (answer.status_code, answer.json()["code"]) == (409, "review_taken_back")


async def test_an_answer_that_is_being_written_while_the_review_is_taken_back_goes_with_it(
    cast: Cast, advance: Advance
) -> None:
    scene, _ = await arrived(cast)
    review = await reviewed(scene)
    await advance(days=8)
    brand = Reach(organisations={Role.BRAND_OWNER: frozenset({scene.brand_id})})
    async with db.transaction() as session:
        who = ids.read("acc", scene.dewi.account)
        await service.answer_review(session, review_id=ids.read("rvw", review), words="Bu Rina", reach=brand, by=who)
        taking = asyncio.create_task(scene.rina.call("DELETE", f"/v1/reviews/{review}"))
        async with asyncio.timeout(20):
            while not (taking.done() or await met_by_a_lock()):  # noqa: ASYNC110  # the database has no event for it
                await asyncio.sleep(0.02)
    assert (await taking).status_code == 204
    assert (await read(scene.rina, review))["answer"] is None


async def test_what_happens_to_a_review_stands_in_the_audit_trail_without_a_word_of_it(cast: Cast) -> None:
    scene, _ = await arrived(cast)
    review = await reviewed(scene)
    await scene.rina.call("PUT", f"/v1/reviews/{review}", SAID)
    await rated_by_brand(scene)
    await scene.dewi.post(f"/v1/reviews/{review}/answer", {"words": "Terima kasih."})
    async with db.transaction() as session:
        events = list(await session.scalars(select(Event).order_by(Event.seq)))[-4:]
    assert [one.name for one in events] == ["ReviewWritten", "ReviewChanged", "RemarkWritten", "ReviewAnswered"]
    assert "rapi" not in str([one.facts for one in events])
