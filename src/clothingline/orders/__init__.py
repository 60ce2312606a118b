"""Orders: intake, quotes, changes, cancellation, and the state machine that everything follows."""
