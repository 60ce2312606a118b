"""What the programme measures itself by, from the rows of all houses."""
