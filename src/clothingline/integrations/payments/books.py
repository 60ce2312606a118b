"""The fake provider's own books, in an SQLite file that several processes may share."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from clothingline.integrations.payments.port import Charge, ChargeUnknown, ReferenceReused, RefundRefused
from clothingline.kit.ids import new_id, show

PATIENCE_SECONDS = 10
SCHEMA = """
CREATE TABLE IF NOT EXISTS charge (
    id TEXT PRIMARY KEY, reference TEXT NOT NULL UNIQUE, amount_idr INTEGER NOT NULL CHECK (amount_idr > 0),
    currency TEXT NOT NULL DEFAULT 'IDR', description TEXT NOT NULL, status TEXT NOT NULL DEFAULT 'open'
) STRICT;
CREATE TABLE IF NOT EXISTS refund (
    reference TEXT PRIMARY KEY, charge TEXT NOT NULL REFERENCES charge (id),
    amount_idr INTEGER NOT NULL CHECK (amount_idr > 0)
) STRICT;
CREATE TABLE IF NOT EXISTS notice (
    id TEXT PRIMARY KEY, body BLOB NOT NULL, delivered INTEGER NOT NULL DEFAULT 0
) STRICT;
"""
_CHARGES = """
SELECT charge.id, charge.reference, charge.amount_idr, charge.currency, charge.status, charge.description,
       coalesce(sum(refund.amount_idr), 0) AS refunded_idr
  FROM charge LEFT JOIN refund ON refund.charge = charge.id
"""
_BY_ID = _CHARGES + "WHERE charge.id = ? GROUP BY charge.id"
_BY_REFERENCE = _CHARGES + "WHERE charge.reference = ? GROUP BY charge.id"


@dataclass(frozen=True)
class Notice:
    """A message about a charge that waits to be delivered."""

    id: str
    body: bytes


class Books:
    """Charges, refunds and notices. Every method blocks: call it in a thread. `pages` is where the pay pages are."""

    def __init__(self, path: Path, pages: str) -> None:
        self.path, self.pages = path, pages.rstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._connection() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(SCHEMA)

    def open_charge(self, reference: str, amount_idr: int, description: str) -> Charge:
        """A new charge, or the one that this reference has opened before."""
        with self._writing() as connection:
            found = self._find(connection, _BY_REFERENCE, reference)
            if found is None:
                row = (show("chg", new_id()), reference, amount_idr, description)
                connection.execute(
                    "INSERT INTO charge (id, reference, amount_idr, description) VALUES (?, ?, ?, ?)", row
                )
                return self._get(connection, row[0])
        if found.amount_idr != amount_idr:
            raise ReferenceReused(reference)
        return found

    def get(self, charge_id: str) -> Charge:
        """How a charge stands. Raises `ChargeUnknown`."""
        with self._connection() as connection:
            return self._get(connection, charge_id)

    def find(self, reference: str) -> Charge | None:
        """The charge of a reference."""
        with self._connection() as connection:
            return self._find(connection, _BY_REFERENCE, reference)

    def describe(self, charge_id: str) -> str:
        """What the charge is for, in the words of the shop."""
        with self._connection() as connection:
            row = connection.execute("SELECT description FROM charge WHERE id = ?", (charge_id,)).fetchone()
        return str(row["description"]) if row else ""

    def pay(self, charge_id: str) -> Charge:
        """Take the payment of an open charge, and write the notice of it; a charge is paid once."""
        with self._writing() as connection:
            paid = connection.execute(
                "UPDATE charge SET status = 'paid' WHERE id = ? AND status = 'open'", (charge_id,)
            )
            if paid.rowcount:
                body = json.dumps({"type": "charge.paid", "data": {"charge": charge_id}}).encode()
                connection.execute("INSERT INTO notice (id, body) VALUES (?, ?)", (show("ntc", new_id()), body))
            return self._get(connection, charge_id)

    def expire(self, charge_id: str) -> Charge:
        """Close an open charge."""
        with self._writing() as connection:
            connection.execute("UPDATE charge SET status = 'expired' WHERE id = ? AND status = 'open'", (charge_id,))
            return self._get(connection, charge_id)

    def refund(self, charge_id: str, reference: str, amount_idr: int) -> Charge:
        """Pay back; the same reference pays back once."""
        with self._writing() as connection:
            charge = self._get(connection, charge_id)
            query = "SELECT charge, amount_idr FROM refund WHERE reference = ?"
            before = connection.execute(query, (reference,)).fetchone()
            if before is None:
                return self._pay_back(connection, charge, reference, amount_idr)
        if (before["charge"], before["amount_idr"]) != (charge_id, amount_idr):
            raise ReferenceReused(reference)
        return charge

    def _pay_back(self, connection: sqlite3.Connection, charge: Charge, reference: str, amount_idr: int) -> Charge:
        left = charge.amount_idr - charge.refunded_idr
        if charge.status != "paid" or not 0 < amount_idr <= left:
            raise RefundRefused(charge.id)
        connection.execute("INSERT INTO refund VALUES (?, ?, ?)", (reference, charge.id, amount_idr))
        if amount_idr == left:
            connection.execute("UPDATE charge SET status = 'refunded' WHERE id = ?", (charge.id,))
        return self._get(connection, charge.id)

    def waiting(self) -> list[Notice]:
        """Notices that were not acknowledged yet, oldest first."""
        with self._connection() as connection:
            rows = connection.execute("SELECT id, body FROM notice WHERE NOT delivered ORDER BY id").fetchall()
        return [Notice(row["id"], row["body"]) for row in rows]

    def acknowledge(self, notice_id: str) -> None:
        """The receiver has the notice."""
        with self._writing() as connection:
            connection.execute("UPDATE notice SET delivered = 1 WHERE id = ?", (notice_id,))

    def _get(self, connection: sqlite3.Connection, charge_id: str) -> Charge:
        found = self._find(connection, _BY_ID, charge_id)
        if found is None:
            raise ChargeUnknown(charge_id)
        return found

    def _find(self, connection: sqlite3.Connection, query: str, key: str) -> Charge | None:
        row = connection.execute(query, (key,)).fetchone()
        if row is None:
            return None
        words = {name: row[name] for name in ("id", "reference", "amount_idr", "currency", "status", "refunded_idr")}
        return Charge(**words, pay_url=f"{self.pages}/charges/{row['id']}")

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._connection() as connection, connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path, timeout=PATIENCE_SECONDS, isolation_level=None)) as connection:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA foreign_keys = ON")
            yield connection
