"""`make bench`: the service over HTTP and the matching engine beside their bars; `ONLY=matching` runs one of them."""
