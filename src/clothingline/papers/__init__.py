"""Papers with a number that people keep: invoice, credit note, receipt, payout statement, income letter."""
