"""The tailor's phone: pages that show what several houses keep, and what makes them work without a signal."""
