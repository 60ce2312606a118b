"""Where a visit leads in a database: rows in the place of the values, and an account whose rows they are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit import db, ids
from tests.api.world import TABLES, Row, World, look_round
from tests.browser import examples
from tests.browser.examples import Of
from tests.browser.visits import VALUE, Visit, names_in


@dataclass(frozen=True)
class Address:
    """A path, and the account that asks for it."""

    path: str
    account: UUID | None


class Atlas:
    """The rows of one database."""

    def __init__(self, session: AsyncSession, world: World) -> None:
        self.session, self.world = session, world

    async def find(self, visit: Visit) -> Address:
        """Where a visit leads. Raises `LookupError` when nobody of its role has such rows."""
        wanted = {name: examples.of(visit.route, name) for name in names_in(visit.route)}
        for account in self._accounts(visit):
            found = {name: await self._shown(one, visit, account) for name, one in wanted.items()}
            if all(found.values()):
                return Address(filled(visit.route, found), account)
        raise LookupError(f"nobody of the story may make the visit {visit}")

    def _accounts(self, visit: Visit) -> Iterator[UUID | None]:
        if visit.role is None:
            yield None
        yield from (account for account, role, _ in self.world.roles if role is visit.role)

    async def _shown(self, wanted: Of | str | None, visit: Visit, account: UUID | None) -> str | None:
        """What the path shows of the first row that will do."""
        if not isinstance(wanted, Of):
            return wanted
        for row in self._open_to(wanted.prefix, visit, account):
            model = await self.session.get(TABLES[wanted.prefix], ids.read(wanted.prefix, row.id))
            if all(_fits(getattr(model, name), value) for name, value in wanted.where.items()):
                return row.id if wanted.shown == "id" else str(getattr(model, wanted.shown))
        return None

    def _open_to(self, prefix: str, visit: Visit, account: UUID | None) -> list[Row]:
        """An account's own rows; all of them where nobody of the role has any of this kind."""
        rows = self.world.rows[prefix]
        if any(row.parties & self._parties(one) for row in rows for one in self._accounts(visit)):
            return [row for row in rows if row.parties & self._parties(account)]
        return rows

    def _parties(self, account: UUID | None) -> frozenset[UUID]:
        held = ((one, party) for one, _, party in self.world.roles if one == account)
        return frozenset(one for pair in held for one in pair if one is not None)


def filled(route: str, values: Mapping[str, str | None]) -> str:
    """The path of a route with these values in it."""
    return VALUE.sub(lambda match: str(values[match[1]]), route)


def _fits(held: object, wanted: object) -> bool:
    return held in wanted if isinstance(wanted, tuple) else held == wanted


async def find_all(visits: list[Visit]) -> dict[Visit, Address | LookupError]:
    """Where each visit leads in the database in use, or why nowhere."""
    async with db.transaction() as session:
        atlas = Atlas(session, await look_round(session))
        return {visit: await _try(atlas, visit) for visit in visits}


async def _try(atlas: Atlas, visit: Visit) -> Address | LookupError:
    try:
        return await atlas.find(visit)
    except LookupError as nowhere:
        return nowhere
