"""HiGHS on the joint programme. Runs in a process of its own, for OR-Tools brings another HiGHS with it."""

import highspy
import numpy as np

from benchmarks.matching.joint import Programme, Values

THREADS = 2


def run(written: Programme, seconds: float, hint: Values) -> tuple[str, Values, float]:
    """Status, values of the variables, and the proved bound."""
    solver: highspy.Highs = highspy.Highs()
    for option, value in (
        ("output_flag", False), ("threads", THREADS), ("time_limit", float(seconds)), ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 0.5), ("parallel", "on"), ("random_seed", 1),
    ):  # fmt: skip
        solver.setOptionValue(option, value)
    solver.passModel(_lp(written))
    if hint:
        solver.setSolution(len(hint), np.array(list(hint), dtype=np.int32), np.array(list(hint.values()), dtype=float))
    solver.run()
    info, status = solver.getInfo(), solver.getModelStatus()
    if info.primal_solution_status != 2:
        return "none", {}, info.mip_dual_bound
    values = np.rint(np.array(solver.getSolution().col_value)).astype(np.int64)
    name = "optimal" if status == highspy.HighsModelStatus.kOptimal else "feasible"
    return name, dict(enumerate(values.tolist())), info.mip_dual_bound


def _lp(written: Programme) -> highspy.HighsLp:
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(written.cost), len(written.rows)
    lp.col_cost_, lp.offset_ = np.array(written.cost, dtype=float), float(written.constant)
    lp.col_lower_, lp.col_upper_ = np.zeros(lp.num_col_), np.array(written.most, dtype=float)
    limits = np.array([limit for _, limit, _ in written.rows], dtype=float)
    lp.row_upper_ = limits
    lp.row_lower_ = np.where([exactly for _, _, exactly in written.rows], limits, -highspy.kHighsInf)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *(len(terms) for terms, _, _ in written.rows)]).astype(np.int32)
    lp.a_matrix_.index_ = np.array([v for terms, _, _ in written.rows for v, _ in terms], dtype=np.int32)
    lp.a_matrix_.value_ = np.array([c for terms, _, _ in written.rows for _, c in terms], dtype=float)
    whole = np.zeros(lp.num_col_, dtype=bool)
    whole[[*written.places, *written.ends, *written.pieces, *written.set_ups.values()]] = True
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    lp.integrality_ = [kinds[int(one)] for one in whole]
    return lp
