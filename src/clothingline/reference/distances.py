"""Distances in whole metres: great-circle for people, a local plane for the engine.

A coordinate is a float in degrees or an int in micro-degrees. The type decides: whole degrees must be floats.
"""

from math import asin, cos, radians, sin, sqrt
from typing import Final

from clothingline.reference.facts import regencies

Point = tuple[float, float]

EARTH_RADIUS_M: Final = 6_371_008.8  # mean radius R1 of the IUGG
JAVA_LAT_MICRO: Final = -7_000_000


def great_circle_m(a: Point, b: Point) -> int:
    """Metres between two (latitude, longitude) on a sphere (haversine; the ellipsoid differs by up to 0.5 %)."""
    (lat_a, lon_a), (lat_b, lon_b) = _in_radians(a), _in_radians(b)
    h = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return round(2 * EARTH_RADIUS_M * asin(sqrt(min(1.0, h))))


def between(regency_a: str, regency_b: str) -> int:
    """Metres between the centroids of two regencies, by code. Raises `UnknownFact`."""
    return great_circle_m(centroid(regency_a), centroid(regency_b))


def centroid(regency: str) -> tuple[int, int]:
    """(latitude, longitude) of a regency in micro-degrees. Raises `UnknownFact`."""
    found = regencies()[regency]
    return found.lat_micro, found.lon_micro


def plane_xy(lat: float, lon: float, *, reference_lat: float = JAVA_LAT_MICRO) -> tuple[int, int]:
    """(x east, y north) in metres from 0° N 0° E: equirectangular, true to scale along `reference_lat`.

    All points that are compared must use the same reference latitude. Lengths along a parallel are off by the ratio of
    the cosines: with the default of 7° S a straight plane distance inside West Java (5.9 to 7.9° S) stays within 0.25 %
    of the great circle, and within 0.2 km between its centroids. Far from the reference the error grows: 0.8 % at the
    equator, 1.1 % at 11° S.
    """
    scale = cos(radians(_degrees(reference_lat)))
    lat_rad, lon_rad = _in_radians((lat, lon))
    return round(EARTH_RADIUS_M * scale * lon_rad), round(EARTH_RADIUS_M * lat_rad)


def _in_radians(point: Point) -> tuple[float, float]:
    return radians(_degrees(point[0])), radians(_degrees(point[1]))


def _degrees(value: float) -> float:
    return value / 1_000_000 if isinstance(value, int) else value
