"""Joins consumers, fashion IKM, cloth suppliers and certified tailors in one order."""
