"""On which devices somebody is signed in, and how a lost one is signed out, on the profile and on a tailor's page."""

from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select, update

from clothingline.accounts import service
from clothingline.accounts.devices import name_of
from clothingline.accounts.events import SessionRevoked
from clothingline.accounts.models import DeviceSession
from clothingline.kit import db, ids
from clothingline.kit.access import Role
from clothingline.kit.clock import business_now
from clothingline.kit.events import Event
from tests import parties
from tests.cast import Actor, Cast
from tests.web.desk import Desk, desk_of, words_of

PHONE = "0812-3456-7801"
OWN = "/t/saya/perangkat"
PLACES = {"/profil": "/profil/perangkat", OWN: OWN}
ALL_OTHERS = "keluar-semua"


async def siti_on(cast: Cast, device: str) -> Actor:
    """A tailor who signs in on a device."""
    return await cast.sign_in(PHONE, "Siti", device=device)


@pytest.fixture
async def siti(app: FastAPI, cast: Cast) -> Desk:
    """A tailor on her new phone, signed in on an old one and on a laptop too."""
    async with db.transaction() as session:
        tailor = await parties.make_tailor(session)
        await parties.member(cast, session, PHONE, Role.TAILOR, tailor.id, name="Siti")
    await siti_on(cast, "HP lama")
    return desk_of(app, await siti_on(cast, "HP baru"))


async def still_in() -> int:
    """How many devices are signed in."""
    async with db.transaction() as session:
        found = select(func.count()).select_from(DeviceSession).where(DeviceSession.revoked_at.is_(None))
        return int((await session.scalars(found)).one())


@pytest.mark.parametrize("page", PLACES)
async def test_of_several_devices_all_but_this_one_are_signed_out_at_once(
    app: FastAPI, cast: Cast, siti: Desk, page: str
) -> None:
    lost = desk_of(app, await siti_on(cast, "HP hilang"))
    await lost.page("/profil")
    said = words_of(await siti.page(page))
    assert said.index("HP baru perangkat ini") < said.index("HP hilang")
    assert "Keluarkan semua yang lain" in said
    after = words_of(await siti.follow(await siti.send(f"{PLACES[page]}/{ALL_OTHERS}", on=page)))
    assert "3 perangkat lain sudah keluar." in after
    assert "Tidak ada perangkat lain yang masuk." in after
    assert "HP hilang masuk" not in after
    assert (await lost.client.get("/profil")).status_code == 303
    assert await still_in() == 1


async def test_pressed_once_more_it_says_that_there_is_none(siti: Desk) -> None:
    for said in ("2 perangkat lain sudah keluar.", "Tidak ada perangkat lain yang masuk."):
        answer = await siti.client.post(f"{OWN}/{ALL_OTHERS}", data={"kunci": f"lagi-{len(said)}"})
        assert said in words_of(await siti.follow(answer))
    async with db.transaction() as session:
        told = await session.scalar(select(func.count()).where(Event.name == SessionRevoked.__name__))
    assert told == 2, "each device once"


async def test_one_device_is_signed_out_from_the_page_of_a_tailor(siti: Desk) -> None:
    path = (await siti.page(OWN)).split("HP lama")[1].split('action="')[1].split('"')[0]
    assert path.startswith(OWN)
    page = await siti.follow(await siti.send(path, on=OWN))
    assert "Perangkat itu sudah keluar." in page
    assert "HP lama" not in page
    assert (await siti.client.post(path, data={"kunci": "lagi-1"})).status_code == 404


async def test_nobody_signs_out_what_belongs_to_another(app: FastAPI, cast: Cast, siti: Desk) -> None:
    ani = desk_of(app, await cast.sign_in("0812-3456-7877", "Ani"))
    path = (await siti.page("/profil")).split("HP lama")[1].split('action="')[1].split('"')[0]
    assert (await ani.client.post(path, data={"kunci": "asing-1"})).status_code == 404
    assert (await ani.client.post(f"/profil/perangkat/{ALL_OTHERS}", data={"kunci": "asing-2"})).status_code == 303
    assert await still_in() == 4, "three of Siti, one of Ani"


async def test_the_page_of_tailors_is_closed_to_who_is_none(app: FastAPI, cast: Cast) -> None:
    rina = desk_of(app, await cast.sign_in("0812-3456-7877"))
    await rina.page(OWN, 403)
    for path in (f"{OWN}/{ALL_OTHERS}", f"{OWN}/{ids.show('ses', ids.new_id())}/keluar"):
        assert (await rina.client.post(path, data={"kunci": f"k-{len(path)}"})).status_code == 403


async def test_help_and_the_own_page_lead_there(siti: Desk) -> None:
    for page in ("/t/bantuan", "/t/saya"):
        assert f'href="{OWN}"' in await siti.page(page)
    assert "HP hilang?" in await siti.page("/bantuan")


async def test_a_device_whose_time_is_over_is_no_other_device(siti: Desk) -> None:
    async with db.transaction() as session:
        now = await business_now(session)
        here = (await session.scalars(select(DeviceSession).order_by(DeviceSession.id.desc()))).first()
        assert here is not None
        past = update(DeviceSession).where(DeviceSession.id != here.id).values(expires_at=now - timedelta(days=1))
        await session.execute(past)
        ended = await service.revoke_other_sessions(session, keep=here.id, account_id=here.account_id, now=now)
    assert ended == 0
    assert "Keluarkan semua yang lain" not in await siti.page(OWN)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36", "Android · Chrome"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Safari/604.1", "iPhone · Safari"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/142.0 Safari/537.36 Edg/142.0", "Windows · Edge"),
        ("Mozilla/5.0 (Linux; Android 14) SamsungBrowser/27.0 Chrome/125.0 Safari", "Android · Samsung Internet"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Linux · Firefox"),
        ("Mozilla/5.0 (apa saja)", "Mozilla/5.0 (apa saja)"),
        ("HP Android Bu Siti", "HP Android Bu Siti"),
    ],
)
def test_a_browser_is_called_as_people_call_it(said: str, name: str) -> None:
    assert name_of(said) == name
