"""The parts that `route` wires: prices, repair and local search."""
