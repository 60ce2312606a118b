"""What goes into reviews and comes out of them."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, Field

from clothingline.aftersales.models import LONGEST_WORDS, Remark, ReviewAnswer
from clothingline.aftersales.queries import Seen
from clothingline.aftersales.service import Said
from clothingline.kit.http.plain import Input, Words
from clothingline.kit.ids import typed

ReviewId = Annotated[UUID, typed("rvw")]
OrderId = Annotated[UUID, typed("ord")]
BrandId = Annotated[UUID, typed("brd")]
DesignId = Annotated[UUID, typed("dsg")]
OrganisationId = Annotated[UUID, typed("org")]
Zone = Literal["chest", "waist", "shoulder", "sleeve", "length"]
Fit = Literal["tight", "right", "loose"]
Grade = Annotated[int, Field(ge=1, le=5, strict=True)]
Told = Annotated[Words, Field(min_length=1, max_length=LONGEST_WORDS)]
Reason = Annotated[Words, Field(min_length=5, max_length=500)]


class ReviewIn(Input):
    """What a consumer says of an order that has come."""

    fit: dict[Zone, Fit] = Field(
        max_length=5,
        description="How it fits, by the zones of the garment; all of them when it was made to one body's measures.",
        examples=[{"chest": "right", "waist": "right", "shoulder": "right", "sleeve": "loose", "length": "right"}],
    )
    neatness: Grade = Field(description="How neatly it is sewn: 1 not at all, 5 very.", examples=[5])
    on_time: bool = Field(strict=True, description="Whether the promised day was kept.", examples=[True])
    words: Told | None = Field(None, description="In own words; any language.", examples=["Jahitannya rapi sekali."])

    @property
    def said(self) -> Said:
        """The same for the service."""
        return Said(dict(self.fit.items()), self.neatness, self.on_time, self.words)


class AnswerIn(Input):
    """The brand's answer to a review."""

    words: Told = Field(description="What to say, once.", examples=["Terima kasih. Lengannya kami catat."])


class HidingIn(Input):
    """Why a review does not belong in public."""

    reason: Reason = Field(description="Its consumer reads it.", examples=["Memuat nomor telepon orang lain."])


class RemarkIn(Input):
    """What a maker says of working for a consumer."""

    rating: Grade = Field(description="1 hard, 5 very good.", examples=[5])
    words: Told | None = Field(None, description="In own words.", examples=["Ukurannya jelas."])


class AnswerOut(BaseModel):
    """The brand's answer."""

    object: Literal["review_answer"] = Field("review_answer", description="Kind of object.", examples=["review_answer"])
    words: str = Field(description="What it says.", examples=["Terima kasih. Lengannya kami catat."])
    created_at: datetime = Field(description="Said at.", examples=["2026-06-20T08:00:00+07:00"])

    @classmethod
    def of(cls, row: ReviewAnswer) -> "AnswerOut":
        """Wire form."""
        return cls(words=row.words, created_at=row.created_at)


class ReviewSummary(BaseModel):
    """Where a review stands, without what it says: answers to writing are kept for replay, texts are not."""

    id: ReviewId = Field(description="Id.")
    object: Literal["review"] = Field("review", description="Kind of object.", examples=["review"])
    brand: BrandId = Field(description="Who made it.")
    design: DesignId = Field(description="What was made.")
    status: Literal["standing", "hidden"] = Field(description="Hidden by an officer or not.", examples=["standing"])
    open: bool = Field(description="Whether everybody reads it.", examples=[True])
    opens_at: datetime = Field(description="From then on everybody does.", examples=["2026-06-19T08:00:00+07:00"])
    created_at: datetime = Field(description="Written at.", examples=["2026-06-12T08:00:00+07:00"])

    @classmethod
    def of(cls, seen: Seen) -> Self:
        """Wire form for whoever asked the query."""
        return cls.model_validate(_standing(seen) | (_text(seen) if seen.readable else {}))


class ReviewOut(ReviewSummary):
    """A review. Before its time its makers learn that it is there, and nothing of what it says."""

    readable: bool = Field(description="Whether you may read it; else all below is null.", examples=[True])
    name: str | None = Field(None, description="First name of the consumer; null once taken back.", examples=["Rina"])
    fit: dict[Zone, Fit] | None = Field(None, description="How it fits by zone.", examples=[{"chest": "right"}])
    neatness: int | None = Field(None, description="1 to 5.", examples=[5])
    on_time: bool | None = Field(None, description="Whether the promised day was kept.", examples=[True])
    words: str | None = Field(None, description="In own words.", examples=["Jahitannya rapi sekali."])
    has_photo: bool | None = Field(None, description="Whether there is a picture.", examples=[False])
    answer: AnswerOut | None = Field(None, description="What the brand answered.", examples=[None])
    reason: str | None = Field(None, description="Why it is hidden.", examples=[None])


def _standing(seen: Seen) -> dict[str, Any]:
    row = seen.review
    said = {"id": row.id, "brand": row.brand_id, "design": row.design_id, "status": row.state}
    return {
        **said,
        "open": seen.open,
        "opens_at": row.opens_at,
        "created_at": row.created_at,
        "readable": seen.readable,
    }


def _text(seen: Seen) -> dict[str, Any]:
    own = {name: getattr(seen.review, name) for name in ("neatness", "on_time", "words", "reason")}
    beside = {"name": seen.name, "fit": dict(seen.fit), "has_photo": seen.photo_id is not None}
    return {**own, **beside, "answer": _answer(seen)}


def _answer(seen: Seen) -> AnswerOut | None:
    if seen.answer is None or seen.answered_at is None:
        return None
    return AnswerOut(words=seen.answer, created_at=seen.answered_at)


class RemarkOut(BaseModel):
    """What a maker says of working for a consumer."""

    object: Literal["remark"] = Field("remark", description="Kind of object.", examples=["remark"])
    order: OrderId = Field(description="For which order.")
    organisation: OrganisationId = Field(description="Who says it.")
    rating: int = Field(description="1 hard, 5 very good.", examples=[5])
    words: str | None = Field(description="In own words.", examples=["Ukurannya jelas."])
    created_at: datetime = Field(description="Said at.", examples=["2026-06-12T08:00:00+07:00"])

    @classmethod
    def of(cls, row: Remark) -> "RemarkOut":
        """Wire form."""
        said = {name: getattr(row, name) for name in ("rating", "words", "created_at")}
        return cls(order=row.order_id, organisation=row.organisation_id, **said)
