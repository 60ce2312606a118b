"""Faults that the invariants of orders and quotes find, and those that the database itself refuses."""

FAULTS: dict[str, str] = {
    "the price lines of an order do not add up to its price": "UPDATE orders SET price_idr = price_idr + 1",
    "somebody's part of a price is below zero": "UPDATE price_line SET amount_idr = -1 WHERE code = 'cloth'",
    "an order is carried out whose price was never frozen": "DELETE FROM price_line",
}
# A CHECK, a trigger or a unique index refuses these: the statement is the second wall.
WALLED: dict[str, str] = {
    "more is paid than the order costs": "UPDATE orders SET paid_idr = price_idr + 1",
    "an order has two live quotes": (
        "INSERT INTO quote (id, order_id, order_version, version, state, expires_at) SELECT "
        "gen_random_uuid(), order_id, 1, version + number, 'offered', expires_at FROM quote, "
        "generate_series(1, 2) AS number"
    ),
    "an order or a quote in a state that no machine knows": "UPDATE orders SET state = 'lost'",
}
