"""Cloth: lots and shades, the stock ledger, holds and reservations."""
