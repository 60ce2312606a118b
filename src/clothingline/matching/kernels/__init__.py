"""Compiled functions on arrays. They know no problem, only rows of whole numbers."""
