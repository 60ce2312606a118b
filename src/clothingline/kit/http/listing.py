"""The wire form of a page, and the window that every list route takes."""

from typing import Annotated, Generic, Literal, TypeVar

from fastapi import Depends, Query
from pydantic import BaseModel, Field

from clothingline.kit.page import LARGEST, Window, decode

Item = TypeVar("Item")


class Listing(BaseModel, Generic[Item]):
    """One page of a list: the rows, whether more follow, and the opaque cursor of the next page."""

    object: Literal["list"] = Field("list", description="Kind of object.", examples=["list"])
    data: list[Item] = Field(description="The rows of this page.")
    has_more: bool = Field(description="Whether another page follows.", examples=[False])
    next_cursor: str | None = Field(description="Pass it as `starting_after`; null on the last page.", examples=[None])


def window(
    limit: Annotated[int, Query(ge=1, le=LARGEST, description="Rows on a page.", examples=[20])] = 20,
    starting_after: Annotated[
        str | None, Query(max_length=64, description="Cursor of the page before.", examples=["AZdAAAAAcACAAAAAAAAAAA"])
    ] = None,
) -> Window:
    """Dependency of every list route."""
    return Window(limit, decode(starting_after) if starting_after else None)


Asked = Annotated[Window, Depends(window)]
