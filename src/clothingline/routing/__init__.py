"""From waiting orders to plans, offers and acceptances. The only house that opens the engine."""
