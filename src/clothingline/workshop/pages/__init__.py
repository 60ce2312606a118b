"""The tailor's own pages."""
