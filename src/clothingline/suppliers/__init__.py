"""Suppliers of cloth: profile and place."""
