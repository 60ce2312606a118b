"""How payments, instalments, refunds and disputes may move."""

from clothingline.kit.states import Machine, Transition

PAYMENT = Machine(
    "payment",
    ("wished",),
    (
        Transition("open", ("wished",), "open", "provider", "the provider knows the charge"),
        Transition("act", ("open",), "acting", "consumer", "the payer is at the bank (3-D Secure)"),
        Transition("reopen", ("acting", "processing"), "open", "provider", "declined or left; it may be tried again"),
        Transition("process", ("open", "acting"), "processing", "provider", "a transfer or QRIS is under way"),
        Transition(
            "authorise", ("open", "acting", "processing"), "authorised", "provider", "the money is held, not taken"
        ),
        Transition(
            "capture",
            ("open", "acting", "processing", "authorised"),
            "captured",
            "provider",
            "amount, captured, currency, account, mode, reference equal",
        ),
        Transition(
            "expire",
            ("wished", "open", "acting", "processing", "authorised"),
            "expired",
            "system",
            "not paid in time, or asked for in another way",
        ),
        Transition(
            "capture_late", ("expired",), "captured_late", "provider", "paid after expiry", compensation="refund"
        ),
    ),
)
LIVE = ("wished", "open", "acting", "processing", "authorised", "captured")
"""States of a payment that stands for its part; one payment of a part may be in any of them."""
AWAITED = LIVE[:-1]
"""States in which the money has not arrived."""
ASKABLE = ("open", "acting", "processing", "authorised")
"""States in which the provider knows more than we do."""
ARRIVED = ("captured", "captured_late")

INSTALMENT = Machine(
    "instalment",
    ("due",),
    (
        Transition("meet", ("due",), "met", "provider", "its parts are captured and add up"),
        Transition("drop", ("due",), "dropped", "system", "not paid in time, another price, or cancelled"),
    ),
)
REFUND = Machine(
    "refund",
    ("requested", "approved"),
    (
        Transition("approve", ("requested",), "approved", "officer", "up to the limit one person, above it two"),
        Transition("reject", ("requested",), "rejected", "officer"),
        Transition("send", ("approved",), "sent", "system", "the provider is asked"),
        Transition("doubt", ("sent",), "needs_reconciliation", "system", "the answer was lost", "24 h → officer"),
        Transition(
            "settle",
            ("approved", "sent", "needs_reconciliation"),
            "settled",
            "provider",
            "the provider has paid back",
        ),
        Transition(
            "fail",
            ("sent", "needs_reconciliation"),
            "failed",
            "provider",
            "definitely not paid back",
            compensation="what was set aside returns",
        ),
        Transition(
            "come_back",
            ("settled",),
            "failed",
            "provider",
            "the consumer's bank gave it back",
            compensation="what was set aside returns",
        ),
        Transition("retry", ("failed",), "approved", "officer", "a new act under a new reference"),
    ),
)
DISPUTE = Machine(
    "dispute",
    ("open",),
    (
        Transition("win", ("open",), "won", "provider", "the money came back"),
        Transition("lose", ("open",), "lost", "provider", "the money is gone"),
    ),
)
