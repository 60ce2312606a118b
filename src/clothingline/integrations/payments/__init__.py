"""Payment providers: the port. The fake that ships stands in `fake`, the signatures of notices in `signing`."""

from clothingline.integrations.payments.port import (
    Charge,
    ChargeUnknown,
    PaymentProvider,
    ReferenceReused,
    RefundRefused,
    current,
    use,
)

__all__ = [
    "Charge",
    "ChargeUnknown",
    "PaymentProvider",
    "ReferenceReused",
    "RefundRefused",
    "current",
    "use",
]
