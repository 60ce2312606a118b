"""The quality check by pages: pieces and limits of the tables, a tally in the address, and the verdict."""

import re
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st

from clothingline.kit import ids
from clothingline.production.defects import CLASS_OF, by_class, read_tally, write_tally
from tests import parties
from tests.cast import Cast
from tests.production.camera import shot, submitted_job
from tests.production.scene import Scene, another_brand, read_job, released_jobs, set_scene
from tests.production.test_measurements import measured_scene
from tests.web.desk import Desk, desk_of, words_of


async def submitted(
    cast: Cast, app: FastAPI, pieces: int = 240, chosen: Mapping[str, object] | None = None
) -> tuple[Scene, Desk, str, str]:
    """A part that waits for its check: the scene, the brand's browser, the page and the job."""
    scene = await set_scene(cast, pieces=(pieces,), chosen=chosen)
    [job] = await released_jobs(scene)
    await submitted_job(scene, job, pieces=pieces)
    run = (await read_job(job)).run_id
    assert run is not None
    return scene, desk_of(app, scene.dewi), f"/merek/produksi/{ids.show('run', run)}/qc", job


async def started(cast: Cast, app: FastAPI, chosen: Mapping[str, object] | None = None) -> tuple[Desk, str, str]:
    """A check of 240 pieces, planned; the address at which it is counted."""
    _, dewi, path, job = await submitted(cast, app, chosen=chosen)
    answer = await dewi.send(path, on=path)
    assert answer.status_code == 303
    return dewi, str(answer.headers["location"]), job


async def press(dewi: Desk, address: str, name: str, defect: str) -> str:
    """Press one more or one less, as a browser without scripts does; the address after it."""
    asked = {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()} | {name: defect}
    answer = await dewi.client.get(urlsplit(address).path, params=asked)
    assert answer.status_code == 303
    return str(answer.headers["location"])


def finish_of(page: str) -> str:
    """Where the form that ends the check goes."""
    return next(one.split('"')[0] for one in page.split('action="') if "/selesai" in one.split('"')[0])


async def test_the_pieces_and_limits_of_a_lot_of_240_are_told_and_explained(cast: Cast, app: FastAPI) -> None:
    dewi, address, _ = await started(cast, app)
    said = words_of(await dewi.page(address))
    assert "Lot 240 → ambil 32 potong (ISO 2859-1, tingkat II)." in said
    assert "Mayor: tolak bila ≥ 3. Minor: tolak bila ≥ 4. Kritis: tolak bila ≥ 1." in said
    assert "huruf kode G" in said
    assert "Sejauh ini LOLOS kritis 0 /0 mayor 0 /2 minor 0 /3" in said


async def test_size_colour_and_options_stand_beside_the_check_before_and_while_it_is_counted(
    cast: Cast, app: FastAPI
) -> None:
    dewi, address, _ = await started(cast, app, chosen=parties.CHOSEN)
    ordered = "Yang dipesan Ukuran M × 240 Warna navy Lengan Lengan 7/8 Bordir ujung lengan Ya Inisial RK-27"
    for path in (address.split("?")[0], address):
        assert ordered in words_of(await dewi.page(path)), path


async def test_the_check_of_a_garment_to_measure_leads_to_its_measures(cast: Cast, app: FastAPI) -> None:
    scene = await measured_scene(cast)
    [job] = await released_jobs(scene)
    await submitted_job(scene, job, pieces=1)
    run = (await read_job(job)).run_id
    assert run is not None
    path = f"/merek/produksi/{ids.show('run', run)}"
    assert f'href="{path}/pekerjaan/{job}/ukuran"' in await desk_of(app, scene.dewi).page(f"{path}/qc")


async def test_the_pieces_to_take_are_drawn_once_and_all_from_the_lot(cast: Cast, app: FastAPI) -> None:
    dewi, address, _ = await started(cast, app)
    first, second = [words_of(await dewi.page(address)) for _ in range(2)]
    drawn = first.split("diundi sekali untuk pemeriksaan ini: ")[1].split(" Sejauh")[0].split(", ")
    assert len(set(drawn)) == 32
    assert all(1 <= int(one) <= 240 for one in drawn)
    assert ", ".join(drawn) in second


async def test_one_more_and_one_less_count_in_the_address_and_turn_the_verdict(cast: Cast, app: FastAPI) -> None:
    dewi, address, _ = await started(cast, app)
    for defect in ("skipped", "stain", "measure"):
        address = await press(dewi, address, "tambah", defect)
    assert "Sejauh ini TIDAK LOLOS kritis 0 /0 mayor 3 /2" in words_of(await dewi.page(address))
    address = await press(dewi, address, "kurang", "stain")
    assert "Sejauh ini LOLOS kritis 0 /0 mayor 2 /2" in words_of(await dewi.page(address))
    again = await press(dewi, address, "kurang", "stain")
    assert again == address


async def test_as_many_as_the_table_accepts_pass(cast: Cast, app: FastAPI) -> None:
    dewi, address, job = await started(cast, app)
    for defect in ("skipped", "stain", "thread"):
        address = await press(dewi, address, "tambah", defect)
    page = await dewi.page(address)
    led = await dewi.follow(await dewi.send(finish_of(page), on=address))
    assert "Lolos periksa mutu." in led
    assert (await read_job(job)).state == "passed"
    assert "Kritis 0, mayor 2, minor 1" in words_of(led)


async def test_one_more_goes_back_to_the_maker_with_what_was_counted_as_the_reason(cast: Cast, app: FastAPI) -> None:
    dewi, address, job = await started(cast, app)
    for defect in ("skipped", "skipped", "stain"):
        address = await press(dewi, address, "tambah", defect)
    page = await dewi.page(address)
    led = words_of(await dewi.follow(await dewi.send(finish_of(page), on=address)))
    assert "Kembali ke penjahit untuk diperbaiki." in led
    assert "Jahitan loncat 2, Noda 1" in led
    assert (await read_job(job)).state == "rework"


async def test_a_refused_finish_keeps_the_count(cast: Cast, app: FastAPI) -> None:
    dewi, address, _ = await started(cast, app)
    address = await press(dewi, address, "tambah", "hole")
    answer = await dewi.send(finish_of(await dewi.page(address)), on=address, reason="x")
    assert answer.status_code == 422
    assert 'value="hole-1"' in answer.text


async def test_a_verdict_is_given_once(cast: Cast, app: FastAPI) -> None:
    dewi, address, _ = await started(cast, app)
    path = finish_of(await dewi.page(address))
    await dewi.send(path, on=address)
    again = await dewi.client.post(path, data={"kunci": "lagi-1", "tally": ""})
    assert again.status_code == 409


async def test_a_part_that_does_not_wait_says_so_and_one_of_another_run_is_not_found(cast: Cast, app: FastAPI) -> None:
    _, dewi, path, job = await submitted(cast, app, pieces=12)
    await dewi.page(f"{path}?pekerjaan={ids.show('job', ids.new_id())}", 404)
    answer = await dewi.send(path, on=path)
    await dewi.send(finish_of(await dewi.page(answer.headers["location"])), on=answer.headers["location"])
    assert "Bagian ini tidak menunggu periksa." in await dewi.page(f"{path}?pekerjaan={job}")


@given(st.dictionaries(st.sampled_from(sorted(CLASS_OF)), st.integers(1, 10_000)))
def test_a_tally_is_read_as_it_was_written(counts: dict[str, int]) -> None:
    assert dict(read_tally(write_tally(counts))) == counts
    assert sum(by_class(counts).values()) == sum(counts.values())


@pytest.mark.parametrize("text", ["", None, "x", "skipped", "skipped-", "skipped--1", "nothing-3", "skipped-0", ".."])
def test_what_is_no_tally_counts_nothing(text: str | None) -> None:
    assert not read_tally(text)


async def with_photo(
    dewi: Desk, address: str, *, defect: str = "stain", content: bytes | None = None
) -> httpx.Response:
    """Send a picture of a defect from the page of the check, as a browser does."""
    page = await dewi.page(address)
    act = next(one.split('"')[0] for one in page.split('action="') if one.split('"')[0].endswith("/foto"))
    found = re.search(r'name="kunci" value="(\w+)"', page)
    assert found
    fields = {"kunci": found[1], "defect": defect, "tally": "stain-2"}
    files = {"photo": ("cacat.jpg", shot() if content is None else content, "image/jpeg")}
    return await dewi.client.post(act, data=fields, files=files)


async def test_a_photo_of_a_defect_is_kept_and_the_count_goes_on(cast: Cast, app: FastAPI) -> None:
    dewi, address, _ = await started(cast, app)
    answer = await with_photo(dewi, address)
    assert answer.status_code == 303
    assert "hitung=stain-2" in answer.headers["location"]
    page = await dewi.follow(answer)
    assert "Foto Noda" in page
    [photo] = set(re.findall(r'src="(/foto/pho_\w+)"', page))
    assert (await dewi.client.get(photo)).headers["content-type"] == "image/jpeg"
    await dewi.follow(await dewi.send(finish_of(page), on=str(answer.headers["location"]), reason="Bersihkan noda"))
    run = address.partition("/qc")[0]
    assert "Foto Noda" in await dewi.page(run)


async def test_the_maker_sees_the_photo_of_a_defect_and_a_stranger_does_not(cast: Cast, app: FastAPI) -> None:
    scene, dewi, path, job = await submitted(cast, app)
    address = str((await dewi.send(path, on=path)).headers["location"])
    page = await dewi.follow(await with_photo(dewi, address))
    [photo] = set(re.findall(r'src="(/foto/pho_\w+)"', page))
    assert photo in await desk_of(app, scene.siti).page(f"/t/kerja/{job}")
    stranger = desk_of(app, await another_brand(cast))
    assert (await stranger.client.get(photo)).status_code == 404
    act = next(one.split('"')[0] for one in page.split('action="') if one.split('"')[0].endswith("/foto"))
    files = {"photo": ("cacat.jpg", shot(), "image/jpeg")}
    sent = await stranger.client.post(act, data={"kunci": "asing-foto", "defect": "stain"}, files=files)
    assert sent.status_code == 404


@pytest.mark.parametrize(
    ("defect", "content", "said"),
    [
        ("stain", b"", "Ambil foto cacatnya dulu."),
        ("stain", b"bukan gambar", "Foto"),
        ("wrinkle", None, "Pilih cacat dari daftar."),
    ],
)
async def test_what_is_no_photo_of_a_known_defect_is_explained_and_the_count_stays(
    cast: Cast, app: FastAPI, defect: str, content: bytes | None, said: str
) -> None:
    dewi, address, _ = await started(cast, app)
    answer = await with_photo(dewi, address, defect=defect, content=content)
    assert answer.status_code in {413, 422}
    assert said in words_of(answer.text)


async def test_a_check_that_is_over_takes_no_more_photos(cast: Cast, app: FastAPI) -> None:
    dewi, address, _ = await started(cast, app)
    page = await dewi.page(address)
    act = next(one.split('"')[0] for one in page.split('action="') if one.split('"')[0].endswith("/foto"))
    await dewi.follow(await dewi.send(finish_of(page), on=address))
    files = {"photo": ("cacat.jpg", shot(), "image/jpeg")}
    late = await dewi.client.post(act, data={"kunci": "terlambat", "defect": "stain"}, files=files)
    assert late.status_code == 409
