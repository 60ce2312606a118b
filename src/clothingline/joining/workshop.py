"""From answers to a workshop as the engine weighs it. Pure."""

from clothingline.joining.models import TailorApplication
from clothingline.reference import facts
from clothingline.reference.distances import centroid
from clothingline.reference.wages import fair_piece_rate_idr
from clothingline.settings import JoiningSettings
from clothingline.tailors.models import Tailor

MINUTE = 60
LONGEST_DAY = 57_600


def workshop_of(application: TailorApplication, *, kind: str, year: int, rules: JoiningSettings) -> Tailor:
    """The tailor that an application without gaps becomes: at the centre of its regency, at the fair rate of there."""
    if application.regency_code is None:
        raise ValueError("the place of the workshop is not known")
    lat, lon = centroid(application.regency_code)
    return Tailor(
        id=application.id,
        kind=kind,
        regency_code=application.regency_code,
        lat_micro=lat,
        lon_micro=lon,
        families=families_of(application.garments),
        machines=list(application.machines),
        rate_idr=fair_piece_rate_idr(application.regency_code, year, standard_seconds=MINUTE),
        efficiency_permille=rules.efficiency_permille,
        weekday_seconds=weekday_seconds(application, rules.efficiency_permille),
        reach_m=rules.reach_m,
        defect_ppm=rules.defect_ppm,
        rush=False,
    )


def families_of(garments: list[str]) -> list[str]:
    """Families of these garment types, in the order of the list of families."""
    sewn = {facts.garment_types()[slug].family for slug in garments}
    return [family for family in facts.FAMILIES if family in sewn]


def weekday_seconds(application: TailorApplication, efficiency_permille: int) -> list[int]:
    """Seconds of work, Monday first: the declared pieces at standard time and speed, spread over the working days.

    A tailor counts in pieces, the engine in seconds; so one who says twelve shirts is offered twelve shirts a week.
    """
    standard = facts.garment_types()[application.garments[0]].standard_seconds
    week = (application.weekly_pieces or 0) * standard * 1000
    day = min(-(-week // (efficiency_permille * len(application.weekdays))), LONGEST_DAY)
    return [day if number in application.weekdays else 0 for number in range(1, 8)]
