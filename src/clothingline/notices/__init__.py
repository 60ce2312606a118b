"""Webhooks of partners: their endpoints, and every delivery of an event to one of them."""
