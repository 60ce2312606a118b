"""Pages about tax, one module a surface."""
