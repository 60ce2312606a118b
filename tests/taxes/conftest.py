"""What the tests of all houses of money share."""

from tests.payments.fixtures import _only_money_reacts, books, falsify, provider

__all__ = ["_only_money_reacts", "books", "falsify", "provider"]
