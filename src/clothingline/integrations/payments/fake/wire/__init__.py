"""The fake provider spoken to as if it were Stripe: over HTTP, in Stripe's words, with the same books behind it."""

from clothingline.integrations.payments.fake.wire.doors import wire

__all__ = ["wire"]
