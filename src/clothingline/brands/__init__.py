"""Brands: profile, capability, weekly capacity, fees."""
