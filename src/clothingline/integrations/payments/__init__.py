"""Payment providers: the port, the fake that ships, and the signatures of notices."""

from clothingline.integrations.payments.fake import FakeInProduction, FakeProvider, post_to
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
    "FakeInProduction",
    "FakeProvider",
    "PaymentProvider",
    "ReferenceReused",
    "RefundRefused",
    "current",
    "post_to",
    "use",
]
