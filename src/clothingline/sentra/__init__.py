"""Clusters of small industry: members and offices."""
