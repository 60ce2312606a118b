"""The identities of the matrix, with the rows that are theirs."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg

from clothingline.accounts import service as accounts
from clothingline.accounts.secrets import one_time_code, phone_number
from clothingline.kit import db, ids
from clothingline.kit.access import Role
from clothingline.kit.clock import business_now
from clothingline.pilot import cast
from clothingline.settings import settings
from tests.api.two_worlds import DISABLED, open_session, rows_of
from tests.api.two_worlds_rows import ALIASES, ENDED, HIDDEN

PARTIES = """
    SELECT orders.brand_id, job.tailor_id, supplier.organisation_id
      FROM orders
      JOIN job ON job.order_id = orders.id
      JOIN offer supplier ON supplier.order_id = orders.id
           AND supplier.kind = 'supplier' AND supplier.state = 'accepted'
     WHERE orders.state = %s
"""
PHONE = """
    SELECT account.phone FROM account JOIN role_held ON role_held.account_id = account.id
     WHERE role_held.organisation_id = %s AND role_held.role = %s
"""


@dataclass(frozen=True)
class Identity:
    """Somebody who asks. `role` None is nobody: not signed in, or no longer."""

    name: str
    role: Role | None = None
    token: str = ""
    account: UUID | None = None
    parties: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Row:
    """One row as it is named in a path; `gone` for all, or `hidden` from all but its owners."""

    name: str
    parties: frozenset[UUID]
    gone: bool = False
    hidden: bool = False


@dataclass
class Worlds:
    """Who asks, and for what."""

    identities: list[Identity] = field(default_factory=list)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    code: str = ""

    def own(self, prefix: str, who: Identity) -> list[Row]:
        """Rows of a kind that are this identity's, the newest first."""
        return [row for row in self.rows[prefix] if row.parties & who.parties and not row.gone]

    def others(self, prefix: str, who: Identity) -> list[Row]:
        """Rows of a kind that are other people's, the newest first."""
        return [row for row in self.rows[prefix] if not row.parties & who.parties and not row.gone]


async def gather(connection: psycopg.Connection) -> Worlds:
    """Open a session for every identity in the database in use, and list the rows of both worlds."""
    found = Worlds()
    met: set[object] = set()
    for letter, state, consumer in (("A", "delivered", cast.RINA), ("B", "in_production", cast.COORDINATOR)):
        brand, tailor, supplier = _one(connection, PARTIES, state)
        parties = {brand, tailor, supplier}
        assert met.isdisjoint(parties), "the worlds share a party"
        met |= parties
        found.identities += [await _identity(f"consumer {letter}", Role.CONSUMER, consumer.phone)]
        for role, party in (
            (Role.TAILOR, tailor),
            (Role.BRAND_OWNER, brand),
            (Role.BRAND_STAFF, brand),
            (Role.SUPPLIER, supplier),
        ):
            [phone] = _one(connection, PHONE, party, role.value)
            found.identities.append(await _identity(f"{role.value} {letter}", role, phone, party))
    for person in (cast.SENTRA_MANAGER, cast.FIELD_OFFICER, cast.ADMIN, cast.AUDITOR):
        found.identities.append(await _identity(person.role.value, person.role, person.phone))
    found.identities.append(await _identity("admin B", Role.ADMIN, cast.SECOND_ADMIN.phone))
    found.identities += await _nobodies(connection)
    await _give_things(found.identities)
    found.rows = _rows(connection)
    found.code = await _one_time_code()
    return found


def _one(connection: psycopg.Connection, query: str, *values: object) -> tuple[object, ...]:
    row = connection.execute(query, values).fetchone()
    assert row is not None, (query, values)
    return tuple(row)


async def _identity(name: str, role: Role, phone: object, party: object = None) -> Identity:
    account, _, token = await open_session(str(phone))
    parties = {account, party} if isinstance(party, UUID) else {account}
    return Identity(name, role, token, account, frozenset(parties))


async def _nobodies(connection: psycopg.Connection) -> list[Identity]:
    """Nobody, an administrator whose account was disabled, and a consumer whose session was revoked."""
    account, _, disabled = await open_session(DISABLED)
    connection.execute("UPDATE account SET disabled_at = business_now() WHERE id = %s", (account,))
    account, session_id, revoked = await open_session(cast.RINA.phone)
    connection.execute("UPDATE device_session SET revoked_at = business_now() WHERE id = %s", (session_id,))
    return [Identity("anonymous"), Identity("disabled", token=disabled), Identity("revoked", token=revoked)]


async def _give_things(identities: Iterable[Identity]) -> None:
    """A token for programs and a consent for everybody, and for each a token that was revoked."""
    for who in identities:
        if who.account is None:
            continue
        async with db.transaction() as session:
            now = await business_now(session)
            for name in ("dicabut", "dipakai"):
                given: dict[str, Any] = {
                    "account_id": who.account,
                    "name": name,
                    "days": 30,
                    "now": now,
                }
                token, _ = await accounts.issue_api_token(session, prefix="clk_test_", **given)
                if name == "dicabut":
                    await accounts.revoke_api_token(session, token_id=token.id, account_id=who.account, now=now)
            await accounts.give_consent(
                session, account_id=who.account, purpose="measurements", version="2026-06", now=now
            )


def _rows(connection: psycopg.Connection) -> dict[str, list[Row]]:
    gone = {row for query in ENDED.values() for (row,) in connection.execute(query)}
    hidden = {row for query in HIDDEN.values() for (row,) in connection.execute(query)}
    other_names = {row: name for query in ALIASES.values() for row, name in connection.execute(query)}
    found: dict[str, list[Row]] = {}
    for prefix, row_id, parties in sorted(rows_of(connection), key=lambda row: row[1], reverse=True):
        for name in filter(None, (ids.show(prefix, row_id), other_names.get(row_id))):
            found.setdefault(prefix, []).append(Row(name, parties, row_id in gone, row_id in hidden))
    return found


async def _one_time_code() -> str:
    """A live one-time code for the phone of the examples."""
    async with db.transaction() as session:
        now, rules = await business_now(session), settings().sign_in
        row = await accounts.request_code(session, phone=phone_number("0812-3456-7801"), now=now, rules=rules)
        return one_time_code(row.id)
