"""The statements of the PostgreSQL peer, as a good engineer would write them.

`NEAREST` is the manual's own way (earth_box, then earth_distance); `NEAREST_BY_INDEX` lets GiST hand out makers by
distance and stops after 32, which is exact as well. `QUOTE` asks for the cheapest plan of a single piece: brands within
100 km, for the 20 cheapest of them the cheapest cloth and the cheapest maker in reach; it knows no days and no weeks.
"""

SCHEMA = """
    CREATE EXTENSION cube;
    CREATE EXTENSION earthdistance;
    CREATE UNLOGGED TABLE maker_row (
        id integer, lat float8, lon float8, skills bigint, machines bigint, until integer, rate_idr integer,
        defect_ppm integer, credit integer, efficiency integer, free_seconds bigint, rush integer, reach_m integer);
    CREATE UNLOGGED TABLE brand_row (
        id integer, lat float8, lon float8, families bigint, fee_idr integer, days integer);
    CREATE UNLOGGED TABLE lot_row (
        id integer, lat float8, lon float8, cloth_class integer, colour integer, available_cm bigint, price_idr integer,
        min_cut_cm integer, lead_days integer);
"""

SETTLE = (
    "CREATE UNLOGGED TABLE maker AS SELECT *, ll_to_earth(lat, lon) AS spot FROM maker_row",
    "CREATE UNLOGGED TABLE brand AS SELECT *, ll_to_earth(lat, lon) AS spot FROM brand_row",
    "CREATE UNLOGGED TABLE lot AS SELECT *, ll_to_earth(lat, lon) AS spot FROM lot_row",
    "CREATE INDEX maker_spot ON maker USING gist (spot)",
    "CREATE INDEX brand_spot ON brand USING gist (spot)",
    "CREATE INDEX lot_kind ON lot (cloth_class, colour)",
    "VACUUM ANALYZE maker",
    "VACUUM ANALYZE brand",
    "VACUUM ANALYZE lot",
)

ABLE = """
    m.skills & %(skills)s = %(skills)s AND m.machines & %(machines)s = %(machines)s AND m.until >= %(due)s
    AND m.rush >= %(rush)s
"""

NEAREST = f"""
    SELECT m.id, earth_distance(m.spot, ll_to_earth(%(lat)s, %(lon)s)) AS metres FROM maker m
     WHERE earth_box(ll_to_earth(%(lat)s, %(lon)s), %(within)s) @> m.spot
       AND earth_distance(m.spot, ll_to_earth(%(lat)s, %(lon)s)) <= %(within)s AND {ABLE}
     ORDER BY metres LIMIT 32
"""  # noqa: S608  # a condition of this file, no value

NEAREST_BY_INDEX = f"""
    SELECT id, metres FROM (
        SELECT m.id, m.spot <-> ll_to_earth(%(lat)s, %(lon)s) AS metres FROM maker m WHERE {ABLE}
         ORDER BY m.spot <-> ll_to_earth(%(lat)s, %(lon)s) LIMIT 32) near
     WHERE metres <= %(within)s
"""  # noqa: S608  # a condition of this file, no value

QUOTE = f"""
    WITH house AS MATERIALIZED (
        SELECT b.id, b.spot, b.fee_idr + %(base)s
               + %(km)s * earth_distance(b.spot, ll_to_earth(%(lat)s, %(lon)s)) AS idr
          FROM brand b
         WHERE earth_box(ll_to_earth(%(lat)s, %(lon)s), %(within)s) @> b.spot AND b.families & %(family)s <> 0
           AND (%(brand)s = -1 OR b.id = %(brand)s)
         ORDER BY idr LIMIT 20)
    SELECT house.id, cloth.id, sewing.id, house.idr + cloth.idr + sewing.idr AS total
      FROM house
      CROSS JOIN LATERAL (
        SELECT x.id, x.price_idr * greatest(%(cm)s, x.min_cut_cm) / 100 + %(base)s
               + %(km)s * earth_distance(x.spot, house.spot) AS idr
          FROM lot x
         WHERE x.cloth_class = %(class)s AND (%(colour)s = -1 OR x.colour = %(colour)s) AND x.available_cm >= %(cm)s
         ORDER BY idr LIMIT 1) cloth
      CROSS JOIN LATERAL (
        SELECT m.id, %(set_up)s + 2 * (%(base)s + %(km)s * earth_distance(m.spot, house.spot))
               + %(seconds)s * m.rate_idr / 60 * (1 - m.credit * %(credit)s) + m.defect_ppm * %(defect)s AS idr
          FROM maker m
         WHERE earth_box(house.spot, %(within)s) @> m.spot AND {ABLE}
           AND m.free_seconds * m.efficiency >= %(seconds)s * 1000 AND earth_distance(m.spot, house.spot) <= m.reach_m
         ORDER BY idr LIMIT 1) sewing
     ORDER BY total LIMIT 1
"""  # noqa: S608  # a condition of this file, no value
