from tests.routing.street import *
from tests.routing.storm import storm
import time, cProfile, pstats
async def test_smoke(app, street):
    o = await street.placed()
    [offer] = await street.offers(o, kind="tailor")
    actors=[street.party(offer)]
    out = await storm(app, actors, f"/v1/offers/{offer['id']}/acceptance", requests=100, at_once=30)
    t=time.time(); c=time.process_time()
    out = await storm(app, actors, f"/v1/offers/{offer['id']}/acceptance", requests=600, at_once=300)
    print(time.time()-t, time.process_time()-c, out.statuses, out.refusals)
    p=cProfile.Profile()
    p.enable()
    out = await storm(app, actors, f"/v1/offers/{offer['id']}/acceptance", requests=300, at_once=100)
    p.disable()
    pstats.Stats(p).sort_stats("tottime").print_stats(45)
