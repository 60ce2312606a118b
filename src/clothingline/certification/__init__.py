"""SKKNI certificates: claim, verification by a person, validity on the due day."""
