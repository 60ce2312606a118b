"""What the forms of reviews take."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from pydantic import Field

from clothingline.aftersales.schemas import Fit, Told
from clothingline.aftersales.service import Said
from clothingline.aftersales.zones import ZONES
from clothingline.kit.errors import Invalid
from clothingline.web.forms import PageForm


class ReviewForm(PageForm):
    """A consumer's review as the page asks for it; the photo comes beside it."""

    fit_chest: Fit | None = None
    fit_waist: Fit | None = None
    fit_shoulder: Fit | None = None
    fit_sleeve: Fit | None = None
    fit_length: Fit | None = None
    neatness: Annotated[int, Field(ge=1, le=5)]
    on_time: bool
    words: Told | None = None

    @property
    def said(self) -> Said:
        """The same for the service."""
        fit = {zone: said for zone in ZONES if (said := getattr(self, f"fit_{zone}"))}
        return Said(fit, self.neatness, self.on_time, self.words)


@contextmanager
def by_field() -> Iterator[None]:
    """What is wrong with a zone stands at the field of the page."""
    try:
        yield
    except Invalid as error:
        pointer, reasons = error.pointer.replace("/fit/", "/fit_"), error.reasons
        raise Invalid(pointer, reasons["id"], reasons["en"], code=error.reason_code) from error


class RemarkForm(PageForm):
    """What a maker says of the consumer."""

    rating: Annotated[int, Field(ge=1, le=5)]
    words: Told | None = None


class AnswerForm(PageForm):
    """The brand's answer."""

    words: Told
