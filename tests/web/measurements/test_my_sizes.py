"""Saved measures on pages: the owner's only, and gone from every screen once they are deleted."""

from fastapi import FastAPI

from clothingline.accounts import service as accounts
from clothingline.kit import db, ids
from clothingline.kit.clock import business_now, local_date
from clothingline.measurements import service
from clothingline.measurements.service import Taken
from tests.cast import Cast
from tests.production.scene import Scene, released_jobs, set_scene, started_job
from tests.web.desk import Desk, desk_of, words_of

VALUES = {"chest": 920, "waist": 760, "seat": 980}
GONE = "Ukuran badan sudah dihapus dari semua layar penjahit."


async def measured(cast: Cast) -> tuple[str, Scene, str]:
    """Rina's sizes, and a job that is sewn to them: the person's id, the scene and the job."""
    rina = await cast.sign_in("0812-3456-7801")
    account = ids.read("acc", rina.account)
    async with db.transaction() as session:
        now = await business_now(session)
        await accounts.give_consent(session, account_id=account, purpose="measurements", version="2026-06", now=now)
        person = await service.add_person(session, account_id=account, label="Ibu", sex="female")
        taken = Taken(VALUES, "tailor", "Ibu Siti", local_date(now))
        stored = await service.store_set(
            session, person_id=person.id, account_id=account, taken=taken, today=local_date(now)
        )
    scene = await set_scene(cast, pieces=(1,), measured_by=stored.id)
    [job] = await released_jobs(scene)
    await started_job(scene, job, pieces=1)
    return ids.show("per", person.id), scene, job


def path_in(page: str, start: str) -> str:
    """The first link of a page that begins so."""
    return start + page.split(f'href="{start}')[1].split('"', maxsplit=1)[0]


async def test_the_list_says_whose_and_when_and_the_values_stand_behind_a_link(app: FastAPI, cast: Cast) -> None:
    _, scene, _ = await measured(cast)
    rina = desk_of(app, scene.rina)
    page = await rina.page("/ukuran-saya")
    assert "Ibu" in words_of(page)
    assert "diukur penjahit" in words_of(page)
    assert "92 cm" not in words_of(page)
    shown = words_of(await rina.page(path_in(page, "/ukuran-saya/mst_")))
    assert "92 cm" in shown
    assert "98 cm" in shown


async def test_deleted_sizes_are_gone_from_the_tailors_screen_at_once(app: FastAPI, cast: Cast) -> None:
    person, scene, job = await measured(cast)
    siti, rina = desk_of(app, scene.siti), desk_of(app, scene.rina)
    assert "92 cm" in words_of(await siti.page(f"/t/kerja/{job}/ukuran"))
    form = f"/ukuran-saya/hapus/{person}"
    said = words_of(await rina.follow(await rina.send(form, on=form)))
    assert GONE in said
    assert "Ibu" not in said
    assert "92 cm" not in words_of(await siti.page(f"/t/kerja/{job}/ukuran", 404))


async def test_withdrawn_consent_closes_the_sizes_and_is_kept_as_proof(app: FastAPI, cast: Cast) -> None:
    _, scene, job = await measured(cast)
    siti, rina = desk_of(app, scene.siti), desk_of(app, scene.rina)
    said = words_of(await rina.follow(await rina.send("/privasi/tarik/measurements", on="/privasi")))
    assert "Persetujuan ditarik" in said
    assert "ditarik" in said
    await siti.page(f"/t/kerja/{job}/ukuran", 403)


async def test_the_sizes_of_another_look_like_those_that_do_not_exist(app: FastAPI, cast: Cast) -> None:
    person, scene, _ = await measured(cast)
    own = await desk_of(app, scene.rina).page("/ukuran-saya")
    ani: Desk = desk_of(app, await cast.sign_in("0812-3456-7877", "Ani"))
    assert "Belum ada ukuran tersimpan." in await ani.page("/ukuran-saya")
    for path in (path_in(own, "/ukuran-saya/mst_"), f"/ukuran-saya/hapus/{person}"):
        await ani.page(path, 404)
    assert (await ani.client.post(f"/ukuran-saya/hapus/{person}", data={"kunci": "k-1"})).status_code == 404
    assert "Ibu" in await desk_of(app, scene.rina).page("/ukuran-saya")
