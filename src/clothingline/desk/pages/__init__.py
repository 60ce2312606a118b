"""Pages at the desk, one module a subject."""
