"""Counts what a task costs the person who does it.

A tap is a click, a tap or Enter on a control; an input is a field filled, an option chosen, a file or a photo given.
"""

from collections.abc import Sequence
from pathlib import Path
from re import Pattern
from typing import Literal

from playwright.async_api import Locator, Page

from tests.browser.visiting import give

Role = Literal["button", "link", "radio", "checkbox", "tab", "menuitem", "option"]
Name = str | Pattern[str]


class Budget:
    """Does what a person does on a page, and counts taps and inputs."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps, self.inputs = page, 0, 0

    async def tap(self, name: Name, role: Role = "button") -> None:
        """Tap the control of that name; the only one, or it fails."""
        await self.tap_on(self.page.get_by_role(role, name=name))

    async def follow(self, name: Name) -> None:
        """Tap a link."""
        await self.tap(name, "link")

    async def tap_on(self, control: Locator) -> None:
        """Tap what a name alone does not find."""
        self.taps += 1
        await control.click()

    async def press(self, control: Locator, key: str = "Enter") -> None:
        """Work a control by the keyboard."""
        self.taps += 1
        await control.press(key)

    async def fill(self, label: Name, value: str) -> None:
        """Fill a text field."""
        self.inputs += 1
        await self.page.get_by_label(label).fill(value)

    async def choose(self, label: Name) -> None:
        """Choose one of the options that are shown; as a finger does, on its label."""
        self.inputs += 1
        await self.page.get_by_label(label, exact=True).check()

    async def select(self, label: Name, option: str) -> None:
        """Choose from a list that opens."""
        self.inputs += 1
        await self.page.get_by_label(label).select_option(label=option)

    async def attach(self, label: Name, files: Path | Sequence[Path]) -> None:
        """Give a photo or a file."""
        self.inputs += 1
        await give(self.page, label, files)

    def within(self, taps: int, inputs: int) -> None:
        """Raises `AssertionError` when the task cost more."""
        spent = f"{self.taps} taps of {taps}, {self.inputs} inputs of {inputs}"
        assert self.taps <= taps, spent
        assert self.inputs <= inputs, spent
