"""What the provider says that has moved, beside what we have booked; every difference has a name."""
