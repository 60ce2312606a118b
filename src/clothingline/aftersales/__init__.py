"""After the goods have come: what buyer and makers say of each other, without having read the other first."""
