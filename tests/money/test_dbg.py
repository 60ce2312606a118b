import hypothesis
from hypothesis import Phase
import tests.money.test_machine as t
def test_dbg(server, clones, template, tmp_path):
    import functools, os
    from hypothesis import settings, seed, HealthCheck
    from hypothesis.stateful import run_state_machine_as_test
    from tests.money.machine import Money
    from tests.money.scenery import opened
    m=type("Money",(Money,),{"open_world":functools.partial(opened,server,clones,template,tmp_path)})
    s=settings(max_examples=int(os.environ.get("RUNS","10")),stateful_step_count=int(os.environ.get("STEPS","30")),deadline=None,database=None,phases=[Phase.generate],suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(seed(int(os.environ.get("SEED","1")))(m),settings=s)
