"""Whether what the provider shows is what we asked for. Whatever does not fit pays nothing."""

from collections.abc import Iterable
from typing import get_args

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.integrations import payments as providers
from clothingline.integrations.payments import Charge, Dispute, MoneyBack
from clothingline.integrations.payments.port import ChargeStatus, DisputeStatus, MoneyBackStatus
from clothingline.kit.ids import show
from clothingline.kit.money import RUPIAH
from clothingline.payments import queries
from clothingline.payments.models import Payment, ProviderNotice, Refund

Check = tuple[str, bool]


async def find_fault(session: AsyncSession, payment: Payment, charge: Charge) -> str | None:
    """The first thing in which a charge is not that of the payment, None when all agrees."""
    whose = await queries.find_payment_by_charge(session, charge.id)
    return _first((("order", whose is None or whose.id == payment.id), *_of_charge(payment, charge)))


def _of_charge(payment: Payment, charge: Charge) -> Iterable[Check]:
    provider = providers.current()
    wanted = payment.capture_idr or payment.amount_idr
    return (
        ("reference", charge.reference == show("pay", payment.id)),
        ("charge", payment.charge in (None, charge.id)),
        ("currency", charge.currency == RUPIAH),
        ("amount", charge.amount_idr == payment.amount_idr),
        ("account", charge.account == provider.account and payment.account in (None, charge.account)),
        ("livemode", charge.livemode is provider.livemode and payment.livemode in (None, charge.livemode)),
        ("status", charge.status in get_args(ChargeStatus)),
        ("captured", charge.captured_idr == (wanted if charge.status == "paid" else 0)),
        ("refunded", 0 <= charge.refunded_idr <= charge.captured_idr),
        ("fee", charge.fee_idr is None or 0 <= charge.fee_idr <= charge.amount_idr),
    )


def told_otherwise(notice: ProviderNotice, charge: Charge) -> str | None:
    """The first thing in which a notice says something else of its charge than the provider's books do."""
    return _first(
        (
            ("object", notice.object == charge.id),
            ("account", notice.account in (None, charge.account)),
            ("livemode", notice.livemode in (None, charge.livemode)),
        )
    )


def strange(notice: ProviderNotice) -> str | None:
    """The first thing in which a notice comes from somewhere else than the provider in use."""
    provider = providers.current()
    return _first(
        (
            ("account", notice.account in (None, provider.account)),
            ("livemode", notice.livemode in (None, provider.livemode)),
        )
    )


def refund_fault(refund: Refund, payment: Payment, back: MoneyBack) -> str | None:
    """The first thing in which money back is not what we asked for."""
    return _first(
        (
            ("charge", back.charge == payment.charge),
            ("object", refund.provider_id in (None, back.id)),
            ("currency", back.currency == RUPIAH),
            ("amount", back.amount_idr == refund.amount_idr),
            ("status", back.status in get_args(MoneyBackStatus)),
        )
    )


def dispute_fault(payment: Payment, dispute: Dispute) -> str | None:
    """The first thing in which a chargeback cannot be one of this payment."""
    return _first(
        (
            ("charge", dispute.charge == payment.charge),
            ("currency", dispute.currency == RUPIAH),
            ("amount", 0 < dispute.amount_idr <= payment.captured_idr),
            ("fee", dispute.fee_idr >= 0),
            ("status", dispute.status in get_args(DisputeStatus)),
        )
    )


def _first(checks: Iterable[Check]) -> str | None:
    return next((name for name, fits in checks if not fits), None)
