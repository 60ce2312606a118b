"""The pages of an order that is under way, and what its consumer may still do with it."""
