"""The rules that the import linter cannot say. Each takes the folder of a package and returns what breaks it."""

from collections.abc import Callable
from pathlib import Path

from tests.architecture.rules import doors, engine, habits, shape

Rule = Callable[[Path], list[str]]

OF_THE_PACKAGE: tuple[Rule, ...] = (
    shape.files_are_short,
    shape.functions_are_short,
    shape.modules_are_named_after_the_trade,
    shape.services_are_functions,
    shape.public_things_are_documented,
    doors.private_names_stay_at_home,
    doors.edges_are_opened_by_the_edge,
    engine.the_engine_imports_arrays_only,
    engine.kernels_import_arrays_only,
    engine.kernels_are_small,
    engine.the_engine_does_no_input_or_output,
    engine.chance_has_a_seed,
    habits.only_kit_commits,
    habits.only_the_clock_reads_the_clock,
    habits.sql_is_never_built_from_strings,
    habits.money_knows_no_float,
    habits.exceptions_say_why,
)

OF_EVERYTHING_ELSE: tuple[Rule, ...] = (
    shape.files_are_short,
    shape.modules_are_named_after_the_trade,
    habits.exceptions_say_why,
)
