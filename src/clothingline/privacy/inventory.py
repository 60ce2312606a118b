"""Whose every row is: each table is somebody's by one way, or holds nothing of a person; a test misses the rest."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Select, select

from clothingline.aftersales.queries import remark_readable
from clothingline.kit.access import Reach
from clothingline.kit.db import Base
from clothingline.web.words import later


@dataclass(frozen=True)
class Holder:
    """Whose data is asked for: an account with its phone number, and the workshops in which this person sews."""

    account: UUID
    phone: str
    workshops: frozenset[UUID]


Way = Callable[[FromClause, Holder], ColumnElement[bool]]


def _own(column: str) -> Way:
    return lambda table, holder: table.c[column] == holder.account


def _workshop(column: str) -> Way:
    return lambda table, holder: table.c[column].in_(holder.workshops)


def _phone(table: FromClause, holder: Holder) -> ColumnElement[bool]:
    return table.c.phone == holder.phone


def _paper(table: FromClause, holder: Holder) -> ColumnElement[bool]:
    return (table.c.account_id == holder.account) | table.c.organisation_id.in_(holder.workshops)


def _through(column: str, other: str) -> Way:
    """Rows whose `column` names a row of another table that is the holder's."""

    def way(table: FromClause, holder: Holder) -> ColumnElement[bool]:
        return table.c[column].in_(rows_of(other, holder).with_only_columns(table_named(other).c.id))

    return way


def _roster(table: FromClause, holder: Holder) -> ColumnElement[bool]:
    return _through("draft_id", "draft")(table, holder) | _ORDER(table, holder)


def _remark(table: FromClause, holder: Holder) -> ColumnElement[bool]:
    """What the holder has said, and of what somebody has said of the holder only what reviews let them read yet."""
    return (table.c.by == holder.account) | remark_readable(Reach(account=holder.account))


_REVIEW = _through("review_id", "review")
_ORDER, _JOB, _EARNING = _through("order_id", "orders"), _through("job_id", "job"), _through("earning_id", "earning")


@dataclass(frozen=True)
class Purpose:
    """Tables that are kept for the same reason: its heading, what for, and until when."""

    heading: str
    why: str
    until: str
    tables: Mapping[str, Way]


PURPOSES: Final = (
    Purpose(
        later("Akun dan perangkat"),
        later("Untuk masuk, memberi kabar, dan bagi kurir pesanan. Dasarnya: perjanjian dengan Anda."),
        later("Selama akun dipakai. Kode masuk dan perangkat yang keluar tidak berlaku lagi."),
        {
            "account": _own("id"),
            "role_held": _own("account_id"),
            "device_session": _own("account_id"),
            "passkey": _own("account_id"),
            "passkey_challenge": _own("account_id"),
            "api_token": _own("account_id"),
            "push_target": _own("account_id"),
            "text_message": _own("account_id"),
            "sign_in_code": _phone,
        },
    ),
    Purpose(
        later("Persetujuan Anda"),
        later("Bukti apa yang Anda setujui. Dasarnya: kewajiban hukum."),
        later("Selama akun dipakai, juga yang sudah ditarik."),
        {"consent": _own("account_id")},
    ),
    Purpose(
        later("Orang dan ukuran badan"),
        later("Untuk menjahit pesanan Anda. Dasarnya: persetujuan Anda."),
        later("Sampai Anda menghapusnya; kuncinya lalu dihancurkan."),
        {
            "person": _own("account_id"),
            "measurement_set": _through("person_id", "person"),
            "measure_confirmation": _through("set_id", "measurement_set"),
        },
    ),
    Purpose(
        later("Pesanan"),
        later("Untuk membuat dan mengirim pesanan. Dasarnya: perjanjian dengan Anda."),
        later("Selama diwajibkan hukum untuk catatan jual beli."),
        {
            "draft": _own("account_id"),
            "roster": _roster,
            "orders": _own("consumer_id"),
            "order_line": _ORDER,
            "order_change": _ORDER,
            "order_link": _ORDER,
            "order_guess": _phone,
            "quote": _ORDER,
            "instalment": _ORDER,
            "payment": _ORDER,
            "refund": _through("payment_id", "payment"),
            "dispute": _through("payment_id", "payment"),
            "shipment": _ORDER,
            "acceptance": _ORDER,
            "review": _ORDER,
            "review_fit": _REVIEW,
            "review_photo": _REVIEW,
            "review_answer": _REVIEW,
            "remark": _remark,
        },
    ),
    Purpose(
        later("Bengkel Anda"),
        later("Untuk menawarkan pekerjaan yang cocok. Dasarnya: perjanjian dengan Anda."),
        later("Selama Anda menjahit di sini."),
        {
            "organisation": _workshop("id"),
            "tailor_application": _own("account_id"),
            "tailor": _workshop("id"),
            "tailor_day_off": _workshop("tailor_id"),
            "tailor_week": _workshop("tailor_id"),
            "tailor_booking": _workshop("tailor_id"),
            "certificate": _workshop("tailor_id"),
            "shown_certificate": _workshop("tailor_id"),
            "certificate_photo": _own("by"),
            "sentra_member": _workshop("organisation_id"),
        },
    ),
    Purpose(
        later("Tawaran dan pekerjaan"),
        later("Untuk mencatat janji, hasil, dan upah. Dasarnya: perjanjian dengan Anda."),
        later("Selama diwajibkan hukum untuk catatan jual beli."),
        {
            "offer": _workshop("organisation_id"),
            "plan_share": _workshop("tailor_id"),
            "job": _workshop("tailor_id"),
            "job_problem": _JOB,
            "submission": _JOB,
            "inspection": _JOB,
            "photo": _own("by"),
        },
    ),
    Purpose(
        later("Penghasilan dan pajak"),
        later("Untuk membayar Anda dan memenuhi aturan pajak. Dasarnya: kewajiban hukum."),
        later("Sepuluh tahun, seperti diwajibkan untuk pembukuan."),
        {
            "payee": _workshop("id"),
            "earning": _workshop("organisation_id"),
            "earning_hold": _EARNING,
            "advance": _EARNING,
            "debt": _workshop("organisation_id"),
            "payout": _workshop("payee_id"),
            "payout_item": _through("payout_id", "payout"),
            "tax_profile": _workshop("id"),
            "tax_declaration": _workshop("organisation_id"),
        },
    ),
    Purpose(
        later("Surat"),
        later("Kuitansi, faktur, dan surat penghasilan. Dasarnya: kewajiban hukum."),
        later("Sepuluh tahun, seperti diwajibkan untuk pembukuan."),
        {"document": _paper},
    ),
)
OWNED: Final[Mapping[str, Way]] = {name: way for one in PURPOSES for name, way in one.tables.items()}
# What opens something, or where bytes lie: it would harm its owner in a file that lies about. Bytes are hashes,
# pictures and what is sealed; what is sealed is opened (`collecting`).
SECRET: Final = frozenset(
    {
        "account.password_hash",
        "push_target.endpoint",
        "push_target.public",
        "push_target.secret",
        "order_link.token",
        "document.token",
        "document.path",
        "photo.path",
        "certificate_photo.path",
        "payment.pay_url",
        "payment.redirect_url",
        "review_photo.path",
    }
)
# The trail of processing is read from events (`collecting`). The rest: goods, places, machines, books without names,
# organisations that are no person, wearers of a group, who are other people than who orders for them and hold their
# rows by links of their own, and what officers decide, which stands in the trail of whoever decided.
NOBODYS: Final = frozenset(
    {
        "alarm",
        "brand",
        "brand_booking",
        "brand_week",
        "correction",
        "day_off",
        "design",
        "difference",
        "event",
        "forbidden",
        "heartbeat",
        "idempotency_key",
        "job_decision",
        "job_failure",
        "ledger_account",
        "ledger_balance",
        "ledger_entry",
        "ledger_link",
        "ledger_transaction",
        "lot",
        "movement",
        "notice_verdict",
        "paced",
        "paper_number",
        "plan",
        "price_line",
        "provider_notice",
        "reconciliation",
        "regency",
        "reservation",
        "run",
        "sentra",
        "size_chart",
        "solution",
        "state_transition",
        "stock_entry",
        "supplier",
        "wage",
        "wearer",
        "webhook_delivery",
        "webhook_endpoint",
    }
)


def table_named(name: str) -> FromClause:
    """A table. Raises `KeyError`."""
    return Base.metadata.tables[name]


def rows_of(name: str, holder: Holder) -> Select[tuple[object, ...]]:
    """The rows of a table that are the holder's. Raises `KeyError` for a table that is nobody's."""
    table = table_named(name)
    return select(table).where(OWNED[name](table, holder))
