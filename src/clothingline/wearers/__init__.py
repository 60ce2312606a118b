"""Who will wear the pieces of one order: one link for all of them, and what each has said of their size."""
