"""Shipments, delivery, and the acceptance that starts the pay clock."""
