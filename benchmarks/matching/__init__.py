"""The matching benchmark: instances that bite, and the peers that the engine is compared with."""
