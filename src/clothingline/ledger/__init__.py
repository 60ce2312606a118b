"""The double-entry ledger: chart of accounts, a chain of transactions, balances, statements, corrections by two."""
