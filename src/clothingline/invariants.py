"""What must never be true in any database, at any moment between two transactions: each house's `invariants.sql`.

A statement stands below a line `-- name: …` that says what is wrong when it returns a row, or below `-- alarm: …` when
a row only says that something takes too long. Those of the first kind are run after every test; both are run by
`clothingline doctor` and by the worker, every few minutes. All are planned and run as one: no subquery for each row.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from psycopg import sql
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit import alarms, db

BROKEN, OVERDUE = "invariant_broken", "overdue"
"""Names of the alarms for the two kinds of statements; the subject is what the statement says."""
PATIENCE = sql.SQL("SET LOCAL statement_timeout = '60s'")
_KINDS = {"name": BROKEN, "alarm": OVERDUE}
_NAMED = re.compile(r"^-- (name|alarm): (.+)\n((?:(?!-- (?:name|alarm):).*\n?)+)", re.MULTILINE)
_REMARK = re.compile(r"^--.*\n?", re.MULTILINE)


@dataclass(frozen=True)
class Statement:
    """`words` return rows when `says` is true; `alarm` is the name of what is sounded then."""

    house: str
    alarm: str
    says: str
    words: str


@cache
def statements() -> tuple[Statement, ...]:
    """Those of every house. Raises `ValueError` when two say the same."""
    files = sorted(Path(__file__).parent.glob("*/invariants.sql"))
    found = tuple(one for file in files for one in read(file.parent.name, file.read_text()))
    if len({one.says for one in found}) < len(found):
        raise ValueError("two invariants have one name")
    return found


def read(house: str, text: str) -> Iterable[Statement]:
    """The statements of a file; other remarks are left out."""
    for kind, says, body in _NAMED.findall(text):
        yield Statement(house, _KINDS[kind], says, _REMARK.sub("", body).strip().removesuffix(";"))


def together(chosen: Iterable[Statement]) -> sql.Composed:
    """One query of what they say and a row as text, at most five rows for each; all of them see the same moment."""
    one = sql.SQL("(SELECT {says}, one::text FROM ({words}) AS one LIMIT 5)")
    return sql.SQL("\nUNION ALL ").join(
        one.format(says=sql.Literal(each.says), words=sql.SQL(each.words)) for each in chosen
    )


def gather(rows: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The rows by what they say."""
    found: dict[str, list[str]] = {}
    for says, row in rows:
        found.setdefault(says, []).append(row)
    return found


async def check(session: AsyncSession) -> int:
    """Run them all; sound an alarm for each that returns a row, and end those that are over. How many came or went."""
    connection = await db.raw_connection(session)
    await connection.execute(PATIENCE)
    cursor = await connection.execute(together(statements()))
    found, changed = gather(await cursor.fetchall()), 0
    for one in statements():
        if rows := found.get(one.says):
            detail = {"house": one.house, "rows": rows}
            changed += await alarms.sound(session, name=one.alarm, subject=one.says, detail=detail)
    for name in (BROKEN, OVERDUE):
        changed += await alarms.clear_others(session, name=name, subjects=set(found))
    return changed
