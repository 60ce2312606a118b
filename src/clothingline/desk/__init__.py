"""The desks of brands and suppliers: pages that show several houses at once, and what they read for it."""
