"""The provider that ships: its books, its pages, its notices, and what can be made to go wrong with it."""

from clothingline.integrations.payments.fake.modes import MODES, Killed
from clothingline.integrations.payments.fake.provider import FILE, FakeInProduction, FakeProvider
from clothingline.integrations.payments.fake.telling import Deliver, post_to

__all__ = ["FILE", "MODES", "Deliver", "FakeInProduction", "FakeProvider", "Killed", "post_to"]
