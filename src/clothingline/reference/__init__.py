"""Facts of the trade as data: regions, distances, calendar, AQL tables, competence, KBLI, HS and wages."""
