"""Pages of plans and offers, a module for each surface."""
