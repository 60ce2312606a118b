"""Pages about plans and offers, one module a surface."""
