"""Seasons of the pilot, so short and small that only what adds up and what repeats matters."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from benchmarks.matching import extras, sharing
from benchmarks.matching.seasons import AHEAD, Lived, Policy, Season, lived, season
from benchmarks.matching.sharing import WHOLE, Span, policies
from clothingline.matching import Params

SPAN = replace(WHOLE, seeds=1, weeks=4, a_week=(6,), weights=(), iterations=3)
POLICIES = {policy.name: policy for policy in policies(SPAN)}


@cache
def short() -> Season:
    return season(1, weeks=SPAN.weeks, a_week=6)


@cache
def life(name: str) -> Lived:
    return lived(short(), POLICIES[name])


@pytest.fixture(params=list(POLICIES))
def policy(request: pytest.FixtureRequest) -> Policy:
    """Each of the policies."""
    return POLICIES[request.param]


def test_greedy_and_the_engine_with_and_without_the_credit_are_compared() -> None:
    weights = [policy.params.fairness_permille for policy in policies(SPAN)]
    assert weights == [0, Params().fairness_permille, 0]
    assert list(POLICIES)[-1] == "greedy"


def test_the_same_seed_gives_the_same_season(policy: Policy) -> None:
    again = lived(season(1, weeks=SPAN.weeks, a_week=6), policy)
    assert [found.plans for found in again.matchings] == [found.plans for found in life(policy.name).matchings]
    assert (again.earned == life(policy.name).earned).all()
    other = season(2, weeks=SPAN.weeks, a_week=6)
    assert other.problem.digest() != short().problem.digest()


def test_every_earning_adds_up_to_the_sewing_pay_of_the_plans(policy: Policy) -> None:
    found = life(policy.name)
    plans = [plan for week in found.matchings for plan in week.plans if plan]
    assert found.earned.sum() == sum(plan.parts.sewing_pay for plan in plans) > 0
    own = np.zeros_like(found.earned)
    for plan in plans:
        for share in plan.shares:
            own[share.maker] += share.pay_idr
    assert (found.earned == own).all()


def test_every_order_comes_once_and_nothing_is_used_twice(policy: Policy) -> None:
    whole, found = short().problem, life(policy.name)
    assert sum(len(week.plans) for week in found.matchings) == len(whole.orders) == 4 * 6
    used, cut = np.zeros_like(whole.makers.free_seconds), np.zeros_like(whole.brands.free_pieces)
    cloth = np.zeros_like(whole.lots.available_cm)
    for week, matching in enumerate(found.matchings):
        for plan in (one for one in matching.plans if one):
            cut[plan.brand, week + plan.cut_start_day // 7] += sum(share.pieces for share in plan.shares)
            cloth[plan.lot] += plan.cloth_cm
            for share in plan.shares:
                for later, seconds in share.seconds:
                    used[share.maker, week + later] += seconds
    assert whole.makers.free_seconds.shape[1] == SPAN.weeks + AHEAD
    assert (used <= whole.makers.free_seconds).all()
    assert (cut <= whole.brands.free_pieces).all()
    assert (cloth <= whole.lots.available_cm).all()
    assert (found.offered == used.sum(axis=1)).all()


def test_only_with_the_credit_somebody_is_credited() -> None:
    def credited(name: str) -> int:
        return -sum(plan.parts.fairness_credit for week in life(name).matchings for plan in week.plans if plan)

    assert [credited(name) > 0 for name in POLICIES] == [False, True, False]
    assert not any(plan.parts.fairness_credit for plan in life(list(POLICIES)[1]).matchings[0].plans if plan)


def test_the_report_prints_and_keeps_a_line_for_each_policy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda _: None)
    monkeypatch.setattr(sharing, "warm", lambda: 0.0)
    sharing.run(Span(tmp_path, SPAN.seeds, SPAN.weeks, SPAN.a_week, SPAN.weights, SPAN.iterations))
    printed = capsys.readouterr().out
    kept = json.loads((tmp_path / "seasons.json").read_text())
    assert [row["policy"] for row in kept["rows"]] == list(POLICIES)
    assert all(name in printed for name in POLICIES)
    assert kept["rows"][0]["price"] == 0
    for row in kept["rows"]:
        assert 0 <= row["gini_least"] <= row["gini"] <= row["gini_most"] < 1
        assert row["lorenz"][0] == 0
        assert row["lorenz"][-1] == 1
    assert kept["setting"].keys() >= {"machine", "versions", "seeds", "budget", "load_before", "seconds"}
