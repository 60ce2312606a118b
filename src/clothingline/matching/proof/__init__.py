"""A second derivation of feasibility, cost and bound. It shares only the problem, the params and the plain result types
with the rest of the engine, and looks at all makers, lots and brands.

**Plans** (`plans`). Each plan is rebuilt from its bare choice, and every figure of it compared.

**Bound** (`bound`). At prices ≥ 0 for maker-seconds, brand-pieces and lot-centimetres, no matching costs less than Σ
over orders of L(order) − Σ price × free amount, where L is the least of the order's reserve and the value of any of its
plans, each alone with all that the problem offers (weak duality, Geoffrion 1974). More than half of a lot, or of what a
brand can cut in a week, at most one order can take (Chvátal 1973: the row times 2 / (free + 1), rounded down). Every
matching holds these rows too, so that they may have prices ≥ 0, the *large* ones, with 1 as their free amount. A
certificate holds when what it claims is no more than what is derived here. L is derived in stages, each of which is a
lower bound on L:

1. *Places* (`places`). Every allowed brand, lot and day of cutting; of all lots that allow the same brand and day the
   cheapest is what matters, for makers do not see the lot. With the days before the due day on which the risk of
   lateness steps, that gives the entries (brand, day, step): an entry's value is its place, its risk, and S, its least
   sewing.
2. *Sewing* (`sewing`). S is the exact value of the best single maker, or the lower bound `fill` on all spreads over two
   and more makers, whichever is less. Both look at every maker who may sew the order.
3. *The earliest day first* (`least`). A later day of cutting narrows the window of every maker, and no narrower window
   makes sewing cheaper. So S on the earliest day of a brand is a lower bound for its other days. Every brand and step
   is reckoned on its earliest day; the other days by themselves only while what stands for them is the least of all.
4. *Exact spreads* (`programme`), only when the claim is above what 1–3 prove: a dynamic programme over all makers, for
   the entries that still are the least of all. Whoever cannot be part of a spread below the least known is left out
   first, by his reduced cost.

Where brands and makers are many (`least.FEW`), brands are reckoned one by one, with the makers whose reach holds them,
in the order of what `outlook` proves for each from tables over all makers in reach and all lots; the rest of the brands
is left aside when that is no less than the least that is known; large prices are left out of it, which only makes it
lower. This says the same as reckoning all of them.

All values are thousandths of a rupiah in double precision: whole numbers below 2⁵³ are exact, and anything above is far
beyond every reserve. The fill alone is not whole: `sewing.ROUNDING` is taken off for what its sums may be wrong by.
"""
