"""Payees and payouts: what is available to a party leaves for its bank, once."""
