"""What consumers see before and while they order: catalogue, questions, plans, payment. It has no rows of its own."""
