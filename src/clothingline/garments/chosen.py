"""What was chosen of a design, in words: for whoever orders, cuts, sews and checks it. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from pydantic import BaseModel, Field

from clothingline.garments.options import Option

YES = ("Ya", "Yes")
WITHHELD = ("Tulisan pemesan, terlihat setelah diterima", "Text of the buyer, shown after acceptance")


class ChosenOption(BaseModel):
    """One option of a design and what was chosen, in both languages; a text stands as it was written."""

    code: str = Field(description="Word for machines.", examples=["lengan"])
    label_id: str = Field(description="The option in Indonesian.", examples=["Lengan"])
    label_en: str = Field(description="The option in English.", examples=["Sleeves"])
    choice_id: str = Field(description="What was chosen, in Indonesian.", examples=["Lengan panjang"])
    choice_en: str = Field(description="What was chosen, in English.", examples=["Long sleeves"])


def in_words(options: Sequence[Option], answers: Mapping[str, object], *, texts: bool = True) -> list[ChosenOption]:
    """The answers in the order of the design's options, free and paid ones; what was left out is not told.

    Without `texts` what somebody wrote, which may be a name, is only said to be there.
    """
    return list(_told(options, answers, texts))


def _told(options: Sequence[Option], answers: Mapping[str, object], texts: bool) -> Iterator[ChosenOption]:
    for one in options:
        if given := answers.get(one.code):
            choice_id, choice_en = WITHHELD if one.kind == "text" and not texts else _choice(one, given)
            yield ChosenOption(
                code=one.code,
                label_id=one.label_id,
                label_en=one.label_en,
                choice_id=choice_id,
                choice_en=choice_en,
            )


def _choice(option: Option, given: object) -> tuple[str, str]:
    if option.kind == "flag":
        return YES
    choice = option.choice(given) if option.kind == "choice" else None
    return (choice.label_id, choice.label_en) if choice else (str(given), str(given))
