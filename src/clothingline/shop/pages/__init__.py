"""The pages of the shop, one module a part of the way."""
