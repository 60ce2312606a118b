"""Stripe behind the port. The library is large: `provider` and `client` are imported only where Stripe is chosen."""
