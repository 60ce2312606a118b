"""The desk of the programme: what waits for a person, across all houses, and the pages on which officers decide."""
