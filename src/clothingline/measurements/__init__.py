"""Body measurements: whole millimetres, encrypted per person, versioned, checked for plausibility."""
