"""CP-SAT on the joint programme. Runs in a process of its own, as HiGHS does."""

from ortools.sat.python import cp_model

from benchmarks.matching.joint import Programme, Values

WORKERS = 2


def run(written: Programme, seconds: float, hint: Values) -> tuple[str, Values, float]:
    """Status, values of the variables, and the proved bound."""
    model = cp_model.CpModel()
    variables = [model.new_int_var(0, most, "") for most in written.most]
    for terms, limit, exactly in written.rows:
        total = cp_model.LinearExpr.weighted_sum([variables[v] for v, _ in terms], [c for _, c in terms])
        model.add(total == limit) if exactly else model.add(total <= limit)
    model.minimize(cp_model.LinearExpr.weighted_sum(variables, written.cost) + written.constant)
    for variable, value in hint.items():
        model.add_hint(variables[variable], value)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = WORKERS
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.random_seed = 1
    status = solver.solve(model)
    names = {cp_model.OPTIMAL: "optimal", cp_model.FEASIBLE: "feasible"}
    if status not in names:
        return "none", {}, solver.best_objective_bound
    values = {number: solver.value(variable) for number, variable in enumerate(variables)}
    return names[status], values, solver.best_objective_bound
