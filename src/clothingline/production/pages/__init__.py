"""Pages of production, one module a surface and subject."""
