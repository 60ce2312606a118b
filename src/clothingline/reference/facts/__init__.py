"""Typed, cached readers of the reference data. Every row carries its source and its status.

`verified` was read in a published source, `partial` is incomplete or a judgement, `assumed` is a default ("asumsi").
"""

from clothingline.reference.errors import UnknownFact
from clothingline.reference.facts.bodies import Measurement, SizeChartRow, measurements, size_charts
from clothingline.reference.facts.competence import (
    Skill,
    SkkniDecree,
    SkkniScheme,
    SkkniUnit,
    skills,
    skkni_decrees,
    skkni_schemes,
    skkni_units,
)
from clothingline.reference.facts.garments import (
    FabricConsumption,
    GarmentHs,
    GarmentType,
    StandardTime,
    fabric_consumption,
    garment_hs,
    garment_types,
    smv,
)
from clothingline.reference.facts.places import (
    Province,
    Regency,
    Sentra,
    provinces,
    regencies,
    regency_named,
    sentra,
)
from clothingline.reference.facts.programmes import DakAllocation, Restructuring, dak_allocation, restructuring
from clothingline.reference.facts.rows import Facts, Status
from clothingline.reference.facts.taxes import TaxRate, tax_rates
from clothingline.reference.facts.trade import (
    CourierRule,
    Kbli,
    ProvinceWage,
    RegencyWage,
    TradeDestination,
    courier_rules,
    kbli,
    trade_destinations,
    umk,
    ump,
)
from clothingline.reference.facts.vocabulary import (
    CLOTH_WIDTHS_CM,
    FABRIC_CLASS_WORDS,
    FABRIC_CLASSES,
    FAMILIES,
    FAMILY_WORDS,
    MACHINE_WORDS,
    MACHINES,
    Word,
)

__all__ = [
    "CLOTH_WIDTHS_CM",
    "FABRIC_CLASSES",
    "FABRIC_CLASS_WORDS",
    "FAMILIES",
    "FAMILY_WORDS",
    "MACHINES",
    "MACHINE_WORDS",
    "CourierRule",
    "DakAllocation",
    "FabricConsumption",
    "Facts",
    "GarmentHs",
    "GarmentType",
    "Kbli",
    "Measurement",
    "Province",
    "ProvinceWage",
    "Regency",
    "RegencyWage",
    "Restructuring",
    "Sentra",
    "SizeChartRow",
    "Skill",
    "SkkniDecree",
    "SkkniScheme",
    "SkkniUnit",
    "StandardTime",
    "Status",
    "TaxRate",
    "TradeDestination",
    "UnknownFact",
    "Word",
    "courier_rules",
    "dak_allocation",
    "fabric_consumption",
    "garment_hs",
    "garment_types",
    "kbli",
    "measurements",
    "provinces",
    "regencies",
    "regency_named",
    "restructuring",
    "sentra",
    "size_charts",
    "skills",
    "skkni_decrees",
    "skkni_schemes",
    "skkni_units",
    "smv",
    "tax_rates",
    "trade_destinations",
    "umk",
    "ump",
]
