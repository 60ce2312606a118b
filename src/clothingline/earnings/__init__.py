"""Payments, the double-entry ledger, and what each party has earned."""
