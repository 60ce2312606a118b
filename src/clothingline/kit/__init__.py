"""Ground that knows nothing of clothes: database, errors, events, ids, money, pages, policy, clock."""
