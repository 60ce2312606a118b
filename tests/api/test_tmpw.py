import time, psycopg, pytest
from clothingline.kit import db
from tests.pilot_fixture import pilot_template
from tests.api.two_worlds import worlds
from tests.api.two_worlds_people import gather
from tests.pilot_fixture import clone
async def test_w(server, worlds):
    with clone(server, worlds) as name, psycopg.connect(server.dsn(name), autocommit=True) as c:
        used = db.use(db.Database(server.url(name), db.Limits(role="clothingline_app", pool_size=8)))
        t=time.time()
        w = await gather(c)
        print("gather", time.time()-t)
        for i in w.identities: print(i.name, {p: (len(w.own(p,i)), len(w.others(p,i))) for p in w.rows})
        print({p: sum(r.gone for r in rs) for p, rs in w.rows.items()})
        await used.close()
