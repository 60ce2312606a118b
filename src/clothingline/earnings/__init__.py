"""What each party is owed for one thing done, since when it may be paid, and what becomes of it."""
