"""Pages of parcels, one module a surface."""
