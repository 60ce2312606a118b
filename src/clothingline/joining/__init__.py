"""How somebody who sews comes in: answers one at a time, then an officer decides. Until then no work is offered."""
