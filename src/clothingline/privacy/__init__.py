"""What the service keeps about a person, handed to that person and nobody else (UU PDP 27/2022, articles 5 to 7)."""
