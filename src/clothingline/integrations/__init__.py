"""The outside world: each port with its real client and the fake that ships beside it."""
