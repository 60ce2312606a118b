"""What has happened: who hears of it, as a list and as a stream."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

import pytest
from fastapi import FastAPI
from psycopg import AsyncConnection

from clothingline.accounts import event_routes
from clothingline.accounts.models import Organisation, RoleHeld
from clothingline.kit import db, ids
from clothingline.kit.access import Role
from clothingline.kit.events import Event, Happening, emit
from clothingline.kit.http.stream import Hub, Subscription
from tests.cast import Actor, Cast
from tests.streaming import listening


@dataclass(frozen=True)
class OrderPaid(Happening):
    """An invented event of these tests."""

    order_id: UUID


ORDER = UUID("01930000-0000-7000-8000-000000000001")


def account_of(actor: Actor) -> UUID:
    return ids.read("acc", actor.account)


async def happen(database: db.Database, audience: Sequence[UUID], by: UUID | None = None) -> str:
    """One committed event; its id as on the wire."""
    async with database.transaction() as session:
        return ids.show("evt", await emit(session, OrderPaid(ORDER), by=by, audience=audience))


async def give_role(database: db.Database, actor: Actor, role: Role, organisation: UUID | None = None) -> None:
    async with database.transaction() as session:
        if organisation is not None:
            session.add(Organisation(id=organisation, kind="tailor", name="Jahit Siti"))
            await session.flush()
        session.add(RoleHeld(account_id=account_of(actor), role=role.value, organisation_id=organisation))


async def names(actor: Actor, query: str = "") -> list[str]:
    return [one["name"] for one in (await actor.get(f"/v1/events{query}")).json()["data"]]


async def test_an_account_sees_its_own_events_and_nobody_else_s(cast: Cast, database: db.Database) -> None:
    rina, budi = await cast.sign_in("081234567801"), await cast.sign_in("081234567802", "Budi")
    event_id = await happen(database, [account_of(rina)])
    shown = (await rina.get("/v1/events?name=OrderPaid")).json()["data"]
    assert [one["id"] for one in shown] == [event_id]
    assert shown[0]["facts"] == {"order_id": ids.show("ord", ORDER)}
    assert "OrderPaid" not in await names(budi)


async def test_a_member_sees_the_events_of_the_organisation(cast: Cast, database: db.Database) -> None:
    siti = await cast.sign_in("081234567803", "Siti")
    workshop = ids.new_id()
    await happen(database, [workshop])
    before = await names(siti, "?name=OrderPaid")
    await give_role(database, siti, Role.TAILOR, workshop)
    assert (before, await names(siti, "?name=OrderPaid")) == ([], ["OrderPaid"])


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR])
async def test_staff_see_events_without_any_audience_and_who_did_them(
    cast: Cast, database: db.Database, role: Role
) -> None:
    rina, dewi = await cast.sign_in("081234567801"), await cast.sign_in("081234567809", "Dewi")
    await give_role(database, dewi, role)
    await happen(database, [], by=account_of(rina))
    [shown] = (await dewi.get("/v1/events?name=OrderPaid")).json()["data"]
    assert shown["actor"] == rina.account


async def test_another_person_s_account_is_not_named_as_the_actor(cast: Cast, database: db.Database) -> None:
    rina, budi = await cast.sign_in("081234567801"), await cast.sign_in("081234567802", "Budi")
    await happen(database, [account_of(rina)], by=account_of(budi))
    [shown] = (await rina.get("/v1/events?name=OrderPaid")).json()["data"]
    assert shown["actor"] is None


async def test_pages_of_events_hold_each_event_once(cast: Cast, database: db.Database) -> None:
    rina = await cast.sign_in("081234567801")
    made = [await happen(database, [account_of(rina)]) for _ in range(5)]
    first = (await rina.get("/v1/events?name=OrderPaid&limit=3")).json()
    rest = (await rina.get(f"/v1/events?name=OrderPaid&limit=3&starting_after={first['next_cursor']}")).json()
    assert sorted(one["id"] for one in first["data"] + rest["data"]) == sorted(made)
    assert (first["has_more"], rest["has_more"]) == (True, False)


async def test_the_list_and_the_stream_are_for_the_signed_in(app: FastAPI, cast: Cast) -> None:
    assert (await cast.client.get("/v1/events")).status_code == 401
    async with listening(app, "clk_ses_nobody") as stream:
        assert stream.status == 401


async def test_a_stream_brings_an_event_to_its_audience_and_to_nobody_else(
    app: FastAPI, cast: Cast, database: db.Database
) -> None:
    rina, budi = await cast.sign_in("081234567801"), await cast.sign_in("081234567802", "Budi")
    async with listening(app, rina.token) as hers, listening(app, budi.token) as his:
        for_rina = await happen(database, [account_of(rina)])
        for_both = await happen(database, [account_of(budi), account_of(rina)])
        heard_by_rina = [await hers.event(), await hers.event()]
        heard_by_budi = await his.event()
        assert his.chunks.empty()
    assert hers.headers["content-type"].startswith("text/event-stream")
    assert [one and one["id"] for one in heard_by_rina] == [for_rina, for_both]
    assert heard_by_budi is not None
    assert (heard_by_budi["id"], heard_by_budi["event"]) == (for_both, "OrderPaid")
    assert heard_by_budi["data"]["facts"] == {"order_id": ids.show("ord", ORDER)}


async def test_what_is_rolled_back_is_never_heard(app: FastAPI, cast: Cast, database: db.Database) -> None:
    rina = await cast.sign_in("081234567801")
    async with listening(app, rina.token) as stream:
        with pytest.raises(ZeroDivisionError):
            await _happen_and_fail(database, account_of(rina))
        kept = await happen(database, [account_of(rina)])
        heard = await stream.event()
    assert heard is not None
    assert heard["id"] == kept


async def _happen_and_fail(database: db.Database, account: UUID) -> None:
    async with database.transaction() as session:
        await emit(session, OrderPaid(ORDER), audience=[account])
        raise ZeroDivisionError


async def test_an_open_stream_holds_no_connection_of_the_pool(app: FastAPI, cast: Cast, database: db.Database) -> None:
    rina = await cast.sign_in("081234567801")
    async with listening(app, rina.token) as stream:
        await happen(database, [account_of(rina)])
        await stream.event()
        assert database.engine.pool.checkedout() == 0  # type: ignore[attr-defined]  # the pool of the engine has it


async def test_a_stream_resumes_after_the_last_event_that_was_seen(
    app: FastAPI, cast: Cast, database: db.Database
) -> None:
    rina = await cast.sign_in("081234567801")
    seen = await happen(database, [account_of(rina)])
    missed = [await happen(database, [account_of(rina)]) for _ in range(3)]
    async with listening(app, rina.token, last_event_id=seen) as stream:
        live = await happen(database, [account_of(rina)])
        heard: list[str] = []
        while live not in heard:
            one = await stream.event()
            assert one is not None
            heard.append(one["id"])
    assert [one for one in heard if one in missed] == sorted(missed)
    assert seen not in heard
    assert len(heard) == len(set(heard))


async def test_a_last_event_id_that_is_none_is_refused(app: FastAPI, cast: Cast) -> None:
    rina = await cast.sign_in("081234567801")
    async with listening(app, rina.token, last_event_id="yesterday") as stream:
        assert stream.status == 422


async def test_a_burst_of_events_is_heard_in_full_and_in_order(app: FastAPI, cast: Cast, database: db.Database) -> None:
    rina = await cast.sign_in("081234567801")
    async with listening(app, rina.token) as stream:
        async with database.transaction() as session:
            made = [await emit(session, OrderPaid(ORDER), audience=[account_of(rina)]) for _ in range(60)]
        late = [await happen(database, [account_of(rina)]) for _ in range(20)]
        heard = [await stream.event() for _ in range(80)]
    assert [one and one["id"] for one in heard] == [ids.show("evt", one) for one in made] + late


async def test_a_stream_ends_with_the_session_that_opened_it(app: FastAPI, cast: Cast) -> None:
    rina = await cast.sign_in("081234567801", device="HP")
    other = await cast.sign_in("081234567801", device="laptop")
    devices = (await rina.get("/v1/sessions")).json()["data"]
    [hers] = [one["id"] for one in devices if one["device"] == "HP"]
    async with listening(app, rina.token) as stream, listening(app, other.token) as kept:
        await other.call("DELETE", f"/v1/sessions/{hers}")
        assert await stream.event() is None
        heard = await kept.event()
    assert heard is not None
    assert heard["event"] == "SessionRevoked"


async def test_a_silent_stream_notices_that_its_session_has_run_out(
    app: FastAPI, cast: Cast, advance: Callable[..., Awaitable[None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_routes, "LOOK_AGAIN_SECONDS", 0.05)
    rina = await cast.sign_in("081234567801")
    async with listening(app, rina.token) as stream:
        await advance(days=91)
        assert await stream.event() is None


async def test_a_lost_listening_connection_ends_the_streams(app: FastAPI, cast: Cast, database: db.Database) -> None:
    rina = await cast.sign_in("081234567801")
    async with listening(app, rina.token) as stream:
        await _cut_listeners(database)
        assert await stream.event() is None
    async with listening(app, rina.token) as again:
        event_id = await happen(database, [account_of(rina)])
        heard = await again.event()
    assert heard is not None
    assert heard["id"] == event_id


async def _cut_listeners(database: db.Database) -> None:
    dsn = db.libpq(database.url)
    query = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE query = 'LISTEN event' AND datname = current_database()"
    )
    async with await AsyncConnection.connect(dsn, autocommit=True) as connection:
        cut = await (await connection.execute(query)).fetchall()
    assert len(cut) == 1


async def test_the_hub_listens_only_while_somebody_is_there(app: FastAPI, cast: Cast) -> None:
    rina = await cast.sign_in("081234567801")
    hub: Hub = app.state.hub
    async with listening(app, rina.token), listening(app, rina.token):
        assert hub.open == 2
    for _ in range(100):
        if not hub.open:
            break
        await asyncio.sleep(0.01)
    assert hub.open == 0


async def test_closing_the_hub_ends_every_stream(app: FastAPI, cast: Cast) -> None:
    rina = await cast.sign_in("081234567801")
    async with listening(app, rina.token) as stream:
        app.state.hub.close()
        assert await stream.event() is None


async def test_a_reader_that_falls_behind_is_cut_off_instead_of_waited_for() -> None:
    reader = ids.new_id()
    subscription = Subscription([reader], longest=2)
    for _ in range(3):
        subscription.offer(Event(id=ids.new_id(), name="OrderPaid", audience=[reader]))
    assert await subscription.next(patience=1) is None
