"""Tailors and workshops: profile, capability, calendar, capacity, prices."""
