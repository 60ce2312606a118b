"""Accounts of those who are paid, and the page on which they are opened."""

from clothingline.integrations.payments.fake.clerk import Clerk, name
from clothingline.integrations.payments.fake.movements import balance
from clothingline.integrations.payments.fake.notices import tell
from clothingline.integrations.payments.faults import ObjectUnknown
from clothingline.integrations.payments.port import Payee

COUNTRY = "ID"
BANK_LAST4, OTHER_LAST4 = "4242", "4471"
NEEDED = ("identity", "bank_account")


def open_payee(clerk: Clerk, reference: str, owner: str) -> Payee:
    """A new account, which can do nothing until its owner has been on the page."""
    payee_id = name("acct")
    clerk.write(
        "INSERT INTO payee (id, reference, name, country, at) VALUES (?, ?, ?, ?, ?)",
        *(payee_id, reference, owner, COUNTRY, clerk.now),
    )
    return get(clerk, payee_id)


def get(clerk: Clerk, payee_id: str) -> Payee:
    """How an account stands. Raises `ObjectUnknown`."""
    row = clerk.find("SELECT * FROM payee WHERE id = ?", payee_id)
    if row is None:
        raise ObjectUnknown(payee_id)
    return Payee(
        id=row["id"],
        reference=row["reference"],
        country=row["country"],
        can_receive=bool(row["can_receive"]),
        can_pay_out=bool(row["can_pay_out"]),
        requirements=() if row["can_pay_out"] else NEEDED,
        bank_last4=row["bank_last4"],
    )


def link(clerk: Clerk, payee_id: str, back_url: str) -> str:
    """The page of an account; its owner returns to `back_url`."""
    get(clerk, payee_id)
    clerk.write("UPDATE payee SET back_url = ? WHERE id = ?", back_url, payee_id)
    return f"{clerk.pages}/payees/{payee_id}"


def owner_of(clerk: Clerk, payee_id: str) -> tuple[str, str]:
    """Name of the owner, and where the page sends him afterwards. Raises `ObjectUnknown`."""
    row = clerk.find("SELECT name, back_url FROM payee WHERE id = ?", payee_id)
    if row is None:
        raise ObjectUnknown(payee_id)
    return row["name"], row["back_url"]


def holds(clerk: Clerk, payee_id: str) -> int:
    """What an account holds, in rupiah. Raises `ObjectUnknown`."""
    return balance(clerk, get(clerk, payee_id).id)


def allow(clerk: Clerk, payee_id: str, *, receive: bool = True, pay_out: bool = True) -> Payee:
    """What the button of the page does; with False an account is restricted (again)."""
    get(clerk, payee_id)
    clerk.write(
        "UPDATE payee SET can_receive = ?, can_pay_out = ?, bank_last4 = ? WHERE id = ?",
        *(int(receive), int(pay_out), BANK_LAST4, payee_id),
    )
    tell(clerk, "payee", "updated", payee_id, account=payee_id)
    return get(clerk, payee_id)


def change_bank(clerk: Clerk, payee_id: str) -> Payee:
    """The owner of an account that is open has named another bank account on its page, or the first one again."""
    other = OTHER_LAST4 if get(clerk, payee_id).bank_last4 == BANK_LAST4 else BANK_LAST4
    clerk.write("UPDATE payee SET bank_last4 = ? WHERE id = ? AND can_pay_out", other, payee_id)
    tell(clerk, "payee", "updated", payee_id, account=payee_id)
    return get(clerk, payee_id)
