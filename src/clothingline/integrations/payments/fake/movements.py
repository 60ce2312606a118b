"""What moved the balances of the accounts at the provider."""

from datetime import UTC, datetime

from clothingline.integrations.payments.fake.clerk import ACCOUNT, Clerk, name
from clothingline.integrations.payments.faults import ObjectUnknown
from clothingline.integrations.payments.port import Movement, MovementKind

PAGE = 100
_OF = "SELECT * FROM movement WHERE account = ? AND number > ? AND at >= ? AND at < ? ORDER BY number LIMIT ?"


def move(
    clerk: Clerk,
    kind: MovementKind,
    thing: str,
    amount_idr: int,
    *,
    fee_idr: int = 0,
    reference: str | None = None,
    account: str = ACCOUNT,
) -> None:
    """Write down that a thing has changed a balance."""
    row = (name("txn"), account, kind, thing, reference, amount_idr, fee_idr, clerk.now)
    clerk.write(
        "INSERT INTO movement (id, account, kind, object, reference, amount_idr, fee_idr, at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        *row,
    )


def balance(clerk: Clerk, account: str = ACCOUNT) -> int:
    """What an account holds, in rupiah."""
    return clerk.count("SELECT coalesce(sum(amount_idr - fee_idr), 0) FROM movement WHERE account = ?", account)


def top_up(clerk: Clerk, amount_idr: int) -> None:
    """Put money of our own into our account."""
    move(clerk, "top_up", name("top"), amount_idr)


def page(
    clerk: Clerk, since: datetime, until: datetime, after: str | None, account: str
) -> tuple[list[Movement], str | None]:
    """A page of the movements of an account in [since, until), oldest first, and the id after which the next begins."""
    begin = 0 if after is None else _number(clerk, after)
    window = tuple(int(instant.timestamp()) + bool(instant.microsecond) for instant in (since, until))
    rows = clerk.rows(_OF, account, begin, *window, PAGE + 1)
    shown = [_movement(dict(row)) for row in rows[:PAGE]]
    return shown, shown[-1].id if len(rows) > PAGE else None


def _number(clerk: Clerk, movement_id: str) -> int:
    row = clerk.find("SELECT number FROM movement WHERE id = ?", movement_id)
    if row is None:
        raise ObjectUnknown(movement_id)
    return int(row["number"])


def _movement(row: dict[str, object]) -> Movement:
    said = {**row, "livemode": bool(row["livemode"]), "at": datetime.fromtimestamp(int(str(row["at"])), UTC)}
    del said["number"]
    return Movement(**said)  # type: ignore[arg-type]  # the columns are the fields
