"""From a design and what a consumer chose to the work, cloth and price of one piece. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from clothingline.garments.models import Design, SizeChart
from clothingline.garments.options import Choice, Option, answer, taken
from clothingline.kit.errors import Invalid
from clothingline.reference import facts
from clothingline.settings import OrderSettings

CLOTH_STEP_CM = 5
LARGEST_RUN = OrderSettings().largest_run


@dataclass(frozen=True)
class Configuration:
    """One piece: answers by option code, standard seconds, cloth with waste, price of the options, skills, machines."""

    options: dict[str, bool | str]
    standard_seconds: int
    cloth_cm: int
    extras_idr: int
    skills: tuple[str, ...]
    machines: tuple[str, ...]
    family: str


def configure(
    design: Design, *, options: Mapping[str, object], pieces: int, single: bool, settings: OrderSettings
) -> Configuration:
    """What one piece takes, made singly or in a run of `pieces`.

    Seconds: (design + options) × `single_minutes_permille` for a single piece, rounded up. Cloth: (design + options) +
    waste, rounded up to 5 cm (domain 5). Raises `Invalid` with the pointer of the wrong option, or `/pieces`.
    """
    _check_pieces(pieces, single, settings.largest_run)
    answers = _answers(design.schema, options)
    chosen = list(_chosen(design.schema, answers))
    seconds = design.standard_seconds + sum(one.extra_seconds for one in chosen)
    cloth = design.cloth_cm + sum(one.extra_cloth_cm for one in chosen)
    kind = facts.garment_types()[design.garment_type]
    return Configuration(
        options=answers,
        standard_seconds=_ceiling(seconds * settings.single_minutes_permille, 1000) if single else seconds,
        cloth_cm=with_waste(
            cloth, permille=settings.single_waste_permille if single else settings.series_waste_permille
        ),
        extras_idr=sum(one.extra_idr for one in chosen),
        skills=tuple(dict.fromkeys([*kind.skills, *(one.skill for one in chosen if one.skill)])),
        machines=kind.machines,
        family=kind.family,
    )


def _check_pieces(pieces: int, single: bool, largest: int) -> None:
    most = 1 if single else largest
    if not 1 <= pieces <= most:
        raise Invalid(
            "/pieces",
            f"Jumlah harus antara 1 dan {most} potong.",
            f"Order between 1 and {most} pieces.",
            code="out_of_range",
            min=1,
            max=most,
        )


def _answers(schema: list[Option], given: Mapping[str, object]) -> dict[str, bool | str]:
    known = {option.code for option in schema}
    for code in given:
        if code not in known:
            raise Invalid(
                pointer(code),
                "Desain ini tidak punya pilihan itu.",
                "This design has no such option.",
                code="unknown_option",
            )
    found = ((option.code, _answer(option, given)) for option in schema)
    return {code: value for code, value in found if value is not None}


def _answer(option: Option, given: Mapping[str, object]) -> bool | str | None:
    said = given.get(option.code)
    chosen = option.default if said is None else said
    value = None if chosen is None else answer(option, chosen, pointer(option.code))
    if value not in (None, ""):
        return value
    if option.required:
        raise Invalid(pointer(option.code), "Wajib dipilih.", "This must be chosen.", code="missing")
    return None


def pointer(code: str) -> str:
    """JSON pointer of an option (RFC 6901 escapes)."""
    return f"/options/{code.replace('~', '~0').replace('/', '~1')}"


def _chosen(schema: list[Option], answers: Mapping[str, bool | str]) -> Iterator[Choice]:
    for option in schema:
        if option.code in answers:
            yield from taken(option, answers[option.code])


def with_waste(cm: int, *, permille: int) -> int:
    """Cloth with its waste, rounded up to 5 cm."""
    return _ceiling(cm * (1000 + permille), 1000 * CLOTH_STEP_CM) * CLOTH_STEP_CM


def _ceiling(amount: int, divisor: int) -> int:
    return -(-amount // divisor)


def blend(series: Configuration, single: Configuration, *, pieces: int, bodies: int) -> Configuration:
    """One piece on average of a run in which `bodies` of the `pieces` are made singly, the others in series."""
    ready = pieces - bodies
    return replace(
        series,
        standard_seconds=_ceiling(series.standard_seconds * ready + single.standard_seconds * bodies, pieces),
        cloth_cm=_ceiling(series.cloth_cm * ready + single.cloth_cm * bodies, pieces),
    )


def check_sizes(
    design: Design, chart: SizeChart | None, sizes: Mapping[str, int], *, largest_run: int = LARGEST_RUN
) -> int:
    """Pieces in all. Raises `Invalid` at `/sizes` or `/sizes/<size>` for what the design's own chart does not allow."""
    if chart is None or chart.id != design.size_chart_id:
        raise Invalid(
            "/sizes", "Desain ini hanya dijual dengan ukuran badan.", "This design is sold made to measure only."
        )
    for size, pieces in sizes.items():
        _check_size(chart, size, pieces, largest_run)
    total = sum(sizes.values())
    if not 1 <= total <= largest_run:
        raise _too_many("/sizes", largest_run)
    return total


def _check_size(chart: SizeChart, size: str, pieces: int, largest_run: int) -> None:
    place = f"/sizes/{size.replace('~', '~0').replace('/', '~1')}"
    if size not in chart.sizes:
        words = ", ".join(chart.sizes)
        raise Invalid(place, f"Pilih salah satu ukuran: {words}.", f"Choose one of: {words}.", code="unknown_size")
    if isinstance(pieces, bool) or not 1 <= pieces <= largest_run:
        raise _too_many(place, largest_run)


def _too_many(place: str, largest_run: int) -> Invalid:
    return Invalid(
        place,
        f"Jumlah harus antara 1 dan {largest_run} potong.",
        f"Order between 1 and {largest_run} pieces.",
        code="out_of_range",
        min=1,
        max=largest_run,
    )
