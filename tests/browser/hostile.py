"""A world in which everything that people name carries what somebody hostile, or just unlucky, would call it."""

from psycopg import Connection, sql

# What an attack leaves behind is `window.__x`; what a careless page does is show less, more, or in another order.
PAYLOADS = (
    "<script>window.__x=1</script>",
    "<img src=x onerror=window.__x=1>",
    '"><svg onload=window.__x=1>',
    "'-window.__x=1-'",
    '" onfocus=window.__x=1 autofocus x="',
    "javascript:window.__x=1",
    "</title><script>window.__x=1</script>",
    "--><script>window.__x=1</script><!--",
    "</textarea><img src=x onerror=window.__x=1>",
    "{{ 7 * 7 }}{% raw %}",
    "${window.__x=1}",
    "%(who)s %s %d {0} {name}",
    "&lt;b&gt;&amp;amp; <b>tebal",
    'O\'Connor & "Söhne" \\ / ;',
    "👩🏽‍🎨🧵🇮🇩 Mbak 👨‍👩‍👧‍👦",
    "محمد علي 5 الخياط",
    "שרה בת 42 אברהם",
    "A\u0301\u0323\u0300\u0302 Z̸̢̛͓a̷l̶g̵o",
    "Pneumonoultramikroskopiksilikovolkanokoniosispenjahitanbatik",
    "Ƥşḗŭđǿ ƞȧȧḿ ḓīē ōōķ ŀàñġ įş ēñ ñøğ ēēñ ǩēēŕ ŀàñġēŕ",
)
# What people write themselves, by table; a name of a design or a workshop stands on most pages.
WRITTEN = {
    "account": ("name",),
    "organisation": ("name",),
    "certificate": ("holder", "lsp", "evidence", "reason"),
    "design": ("name", "description"),
    "device_session": ("device",),
    "difference": ("object",),
    "job_problem": ("note", "answer"),
    "lot": ("name", "colour", "shade", "fibre"),
    "measurement_set": ("measurer",),
    "offer": ("reason",),
    "orders": ("recipient", "street"),
    "photo": ("note",),
    "alarm": ("subject",),
    "tax_declaration": ("evidence", "reason"),
    "stock_entry": ("note",),
    "size_chart": ("name",),
}


def write(owner: Connection, turn: int) -> int:
    """Fill every such field of every row with a payload, each row with another; how many were written.

    Fields that hold nothing yet stay so: not every state has them. `turn` shifts payloads over the fields.
    """
    return sum(
        _fill(owner, table, column, turn + 7 * at)
        for at, (table, column) in enumerate((table, one) for table, all_of in WRITTEN.items() for one in all_of)
        if _is_there(owner, table, column)
    )


def _is_there(owner: Connection, table: str, column: str) -> bool:
    asked = "SELECT data_type = 'text' FROM information_schema.columns WHERE table_name = %s AND column_name = %s"
    return owner.execute(asked, (table, column)).fetchone() == (True,)


def _fill(owner: Connection, table: str, column: str, turn: int) -> int:
    statement = sql.SQL(
        "UPDATE {table} SET {column} = (%(payloads)s::text[])[1 + (numbered.row + %(turn)s) %% %(count)s] "
        "FROM (SELECT ctid, row_number() OVER (ORDER BY id) AS row FROM {table} WHERE {column} IS NOT NULL) numbered "
        "WHERE {table}.ctid = numbered.ctid"
    ).format(table=sql.Identifier(table), column=sql.Identifier(column))
    with owner.transaction():
        owner.execute("SET LOCAL session_replication_role = replica")
        return owner.execute(statement, {"payloads": list(PAYLOADS), "turn": turn, "count": len(PAYLOADS)}).rowcount
