"""Pages of production, a module for each surface."""
