"""Payment providers: the port. What ships stands in `fake`, Stripe in `stripe`, signatures of notices in `signing`."""

from clothingline.integrations.payments.faults import (
    Busy,
    NotSigned,
    NotWholeRupiah,
    ObjectUnknown,
    OutcomeUnknown,
    ProviderFault,
    ReferenceReused,
    Refused,
)
from clothingline.integrations.payments.port import (
    BankPayout,
    Charge,
    Dispute,
    MoneyBack,
    Movement,
    Payee,
    PaymentProvider,
    Told,
    Transfer,
    Wish,
    current,
    use,
)

__all__ = [
    "BankPayout",
    "Busy",
    "Charge",
    "Dispute",
    "MoneyBack",
    "Movement",
    "NotSigned",
    "NotWholeRupiah",
    "ObjectUnknown",
    "OutcomeUnknown",
    "Payee",
    "PaymentProvider",
    "ProviderFault",
    "ReferenceReused",
    "Refused",
    "Told",
    "Transfer",
    "Wish",
    "current",
    "use",
]
