"""A second derivation of feasibility, cost and bound. It shares only the problem, the params and the plain result types
with the rest of the engine, scans all makers, lots and brands, and leaves nothing out."""
