"""Instalments and charges, refunds, chargebacks, and what the provider tells of them."""
