"""Runs, jobs, the steps of a maker, and quality by the AQL tables."""
