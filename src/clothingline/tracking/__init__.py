"""Following an order: for the one who gave it, and without a name for whoever holds its link."""
