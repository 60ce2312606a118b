"""A market that is kept and follows what changes is, before every answer, the market that would be read anew."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy import text, update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.brands import service as brands
from clothingline.certification.models import CERTIFICATE, Certificate
from clothingline.kit import db, ids
from clothingline.kit.states import move
from clothingline.materials import service as materials
from clothingline.materials.models import Lot
from clothingline.routing import following
from clothingline.routing.legend import legend_of
from clothingline.routing.market import Market
from clothingline.routing.problems import problem_of
from clothingline.suppliers.models import Supplier
from clothingline.tailors import service as tailors
from clothingline.tailors.models import Tailor
from tests import parties
from tests.matching.instances import seeds
from tests.routing.street import Street, today


async def kept() -> Market:
    """The market that a question of now sees."""
    day = await today()
    async with db.transaction() as session:
        return await following.latest(session, today=day)


async def anew() -> Market:
    """The market read anew, which leaves what is kept as it is."""
    day = await today()
    async with db.transaction() as session:
        return await following.read(session, today=day)


def told(market: Market) -> tuple[str, dict[str, Any]]:
    """What the engine would be asked about, and who is who."""
    return problem_of(market, []).digest(), legend_of(market)


class Life:
    """What may happen to a market, each drawn at random."""

    def __init__(self, street: Street, seed: int, monday: date) -> None:
        self.draw, self.street = random.Random(seed), street
        self.mondays = [monday + timedelta(weeks=week) for week in range(30)]
        self.makers, self.lots = [one.id for one in street.tailors], [one.id for one in street.lots]
        self.brands = [street.brand.id]
        self.claims = list[tuple[str, Any]]()

    async def hold(self, session: AsyncSession) -> None:
        """Somebody's time, pieces or cloth is set aside."""
        kind, claim = self.draw.choice(["tailor", "brand", "lot"]), uuid4()
        monday, few = self.draw.choice(self.mondays), self.draw.randint(1, 9)
        if kind == "tailor":
            one = self.draw.choice(self.makers)
            await tailors.hold_time(session, claim=claim, tailor_id=one, weeks={monday: few})
        elif kind == "brand":
            one = self.draw.choice(self.brands)
            await brands.hold_pieces(session, claim=claim, brand_id=one, monday=monday, pieces=few)
        else:
            await materials.hold_cloth(session, claim=claim, lot_id=self.draw.choice(self.lots), cm=100 + few)
        self.claims.append((kind, claim))

    async def settle(self, session: AsyncSession) -> None:
        """What was set aside is booked, or free again."""
        if not self.claims:
            return
        kind, claim = self.claims.pop(self.draw.randrange(len(self.claims)))
        if kind == "tailor" and self.draw.random() < 0.5:
            await tailors.book_time(session, claim=claim)
        elif kind == "tailor":
            await tailors.release_time(session, claim=claim)
        elif kind == "brand":
            await brands.release_pieces(session, claim=claim)
        else:
            await materials.release_cloth(session, claim=claim)

    async def other_terms(self, session: AsyncSession) -> None:
        """A maker asks for another rate, or works elsewhere; a supplier moves."""
        whose = Tailor.id == self.draw.choice(self.makers)
        await session.execute(update(Tailor).where(whose).values(rate_idr=self.draw.randint(300, 900)))
        if self.draw.random() < 0.3:
            place = {"lat_micro": Supplier.lat_micro + 1_000}
            await session.execute(update(Supplier).where(Supplier.id == self.street.suppliers[0].id).values(place))

    async def lose_papers(self, session: AsyncSession) -> None:
        """A certificate is revoked."""
        whose = Certificate.tailor_id == self.draw.choice(self.makers)
        await move(session, CERTIFICATE, Certificate, "revoke", whose, Certificate.state == "active", reason="LSP")

    async def come(self, session: AsyncSession) -> None:
        """A maker, a lot and a brand that nobody knew; their weeks are open."""
        maker = await parties.make_tailor(session, rate_idr=self.draw.randint(300, 900))
        await parties.make_certificate(session, maker.id)
        lot = await parties.make_lot(session, self.street.suppliers[1].id, colour=self.draw.choice(["navy", "abu"]))
        brand = await parties.make_brand(session)
        await tailors.ensure_weeks(session, tailors=[maker], mondays=self.mondays)
        await brands.ensure_weeks(session, brands=[brand], mondays=self.mondays[:20])
        self.makers.append(maker.id)
        self.lots.append(lot.id)
        self.brands.append(brand.id)

    async def lose_cloth(self, session: AsyncSession) -> None:
        """A lot is sold elsewhere."""
        if len(self.lots) > 1:
            gone = self.lots.pop(self.draw.randrange(len(self.lots)))
            self.claims = [one for one in self.claims if one[0] != "lot"]
            await session.execute(update(Lot).where(Lot.id == gone).values(withdrawn_at=text("business_now()")))

    async def go_on(self) -> None:
        """One to three things in one transaction, which is sometimes given up."""
        before = list(self.makers), list(self.lots), list(self.brands), list(self.claims)
        acts = [self.hold, self.hold, self.hold, self.settle, self.other_terms, self.lose_papers, self.come]
        try:
            async with db.transaction() as session:
                for act in self.draw.choices([*acts, self.lose_cloth], k=self.draw.randint(1, 3)):
                    await act(session)
                if self.draw.random() < 0.2:
                    raise GivenUpError
        except GivenUpError:
            self.makers, self.lots, self.brands, self.claims = before


class GivenUpError(Exception):
    """A transaction that comes to nothing."""


async def lived(street: Street, seed: int, turns: int, look: Callable[[], Awaitable[Market]]) -> None:
    """Let so much happen, and look whether the kept market is what would be read anew."""
    print(f"seed {seed}")
    async with db.transaction() as session:
        await following.open_ahead(session, today=await today())
    life = Life(street, seed, (await kept()).mondays[0])
    for _ in range(turns):
        for _ in range(life.draw.randint(1, 3)):
            await life.go_on()
        assert told(await look()) == told(await anew())


@pytest.mark.parametrize("seed", seeds(2, 20))
async def test_whatever_happens_the_kept_market_is_the_market_read_anew(street: Street, seed: int) -> None:
    await lived(street, seed, 25, kept)


async def test_where_much_has_changed_all_is_read_anew(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "MOST_CHANGED", 1)
    await lived(street, 7, 10, kept)


async def test_orders_and_answers_are_followed_with_the_fair_share_that_comes_of_them(street: Street) -> None:
    await kept()
    order = await street.placed()
    first = told(await kept())
    assert first == told(await anew())
    [offer] = await street.offers(order, kind="tailor")
    await street.decline(offer)
    await street.placed()
    second = told(await kept())
    assert second == told(await anew())
    assert first != second


async def test_where_nothing_has_changed_the_market_is_the_very_same(street: Street) -> None:
    seen = await kept()
    assert await kept() is seen
    await street.quoted()
    later = await kept()
    assert later is not seen
    assert later.makers.rows is seen.makers.rows  # so that what follows from them is still known
    assert await kept() is later


async def test_what_another_connection_has_committed_is_seen_at_once(
    street: Street, owner: Callable[[str], None]
) -> None:
    await street.quoted()
    busy = street.tailors[0].id
    owner(f"UPDATE tailor_week SET declared = held + booked WHERE tailor_id = '{busy}'")
    seen = await kept()
    assert seen.makers.free[seen.makers.at[busy]].max() == 0
    _, quote = await street.quoted()
    assert parties_of(quote).isdisjoint({busy})


def parties_of(quote: dict[str, Any]) -> set[UUID]:
    """Makers in the plans of a quote."""
    return {ids.read("tlr", share["tailor"]) for plan in quote["plans"] for share in plan["shares"]}


async def test_who_began_to_write_first_and_commits_last_is_not_passed_over(street: Street) -> None:
    before = await kept()
    early, late = street.tailors[0].id, street.tailors[1].id
    rate = "UPDATE tailor SET rate_idr = 4321 WHERE id = %s"
    where = db.libpq(db.current().url)
    async with await psycopg.AsyncConnection.connect(where) as slow:
        await slow.execute(rate, (early,))
        async with await psycopg.AsyncConnection.connect(where) as quick:
            await quick.execute(rate, (late,))
        between = await kept()
        await slow.commit()
        after = await kept()
    assert [rates_of(seen, early, late) for seen in (before, between, after)] == [
        (street.tailors[0].rate_idr, street.tailors[1].rate_idr),
        (street.tailors[0].rate_idr, 4_321),
        (4_321, 4_321),
    ]


def rates_of(seen: Market, *makers: UUID) -> tuple[int, ...]:
    """What some makers ask for."""
    return tuple(seen.makers.rows[seen.makers.at[one]].rate_idr for one in makers)


async def test_what_was_given_up_is_not_kept(street: Street) -> None:
    seen = await kept()
    with pytest.raises(GivenUpError):
        await _change_and_give_up(street)
    assert told(await kept()) == told(seen)


async def _change_and_give_up(street: Street) -> None:
    day, whose = await today(), Tailor.id == street.tailors[0].id
    async with db.transaction() as session:
        await session.execute(update(Tailor).where(whose).values(rate_idr=4_321))
        inside = await following.latest(session, today=day)
        assert 4_321 in {row.rate_idr for row in inside.makers.rows}
        raise GivenUpError


async def test_two_who_ask_at_once_see_the_same(street: Street) -> None:
    await street.quoted()
    seen = await asyncio.gather(*(kept() for _ in range(5)))
    assert len({told(one)[0] for one in seen}) == 1
    assert told(seen[0]) == told(await anew())


async def test_a_new_day_and_another_database_are_read_anew(
    street: Street, monkeypatch: pytest.MonkeyPatch, advance: Callable[..., Awaitable[None]]
) -> None:
    seen = await kept()
    await advance(days=1)
    tomorrow = await kept()
    assert tomorrow.today == seen.today + timedelta(days=1)
    assert told(tomorrow) == told(await anew())
    [known] = following._kept  # as after a restore, by which the numbers of transactions begin again
    other = known.mark._replace(database=(0, 0.0))
    monkeypatch.setattr(following, "_kept", [following.Kept(other, seen)])
    assert told(await kept()) == told(tomorrow)


async def test_the_process_that_starts_reads_it_before_anybody_asks(street: Street) -> None:
    await street.quoted()
    following.forget()
    await following.learn()
    seen = await kept()
    assert await kept() is seen
    assert told(seen) == told(await anew())


async def test_what_is_followed_is_never_deleted(street: Street, owner: Callable[[str], None]) -> None:
    await street.quoted()
    for table in ("tailor_week", "brand_week", "certificate"):
        with pytest.raises(psycopg.errors.RestrictViolation, match=f"rows of {table} are followed"):
            owner(f"DELETE FROM {table}")
