"""Notices that wait to be delivered: what happened to which thing, in which account."""

import json
from dataclasses import dataclass

from clothingline.integrations.payments.fake import modes
from clothingline.integrations.payments.fake.clerk import ACCOUNT, Clerk, name
from clothingline.integrations.payments.port import ObjectKind

LATE_SECONDS = 72 * 3600
ALONE_SECONDS = 3600
"""A notice that is to come after the next one comes alone when there is no next one for so long."""
_WAITING = """
SELECT id, body, copies FROM notice
 WHERE NOT delivered AND due_at <= :now
   AND (NOT after_next OR due_at <= :now - :alone
        OR EXISTS (SELECT 1 FROM notice AS next WHERE next.number > notice.number))
 ORDER BY number + after_next * 2
"""


@dataclass(frozen=True)
class Notice:
    """A message that waits to be delivered, `copies` times."""

    id: str
    body: bytes
    copies: int


def tell(clerk: Clerk, kind: ObjectKind, happened: str, thing: str, *, account: str = ACCOUNT) -> None:
    """Write the notice that something happened to a thing: `tell(clerk, "charge", "paid", "chg_…")`."""
    said = {"type": f"{kind}.{happened}", "account": account, "livemode": False, "data": {kind: thing}}
    mode = modes.take(clerk, "notices")
    due_at = clerk.now + (LATE_SECONDS if mode == "late" else 0)
    copies, after_next = 2 if mode == "duplicate" else 1, int(mode == "reorder")
    row = (name("ntc"), json.dumps(said).encode(), copies, due_at, after_next)
    clerk.write("INSERT INTO notice (id, body, copies, due_at, after_next) VALUES (?, ?, ?, ?, ?)", *row)


def waiting(clerk: Clerk) -> list[Notice]:
    """Notices that are due and not acknowledged, in the order in which they are delivered."""
    rows = clerk.connection.execute(_WAITING, {"now": clerk.now, "alone": ALONE_SECONDS})
    return [Notice(row["id"], row["body"], row["copies"]) for row in rows]


def acknowledge(clerk: Clerk, notice_id: str) -> None:
    """The receiver has the notice."""
    clerk.write("UPDATE notice SET delivered = 1 WHERE id = ?", notice_id)
