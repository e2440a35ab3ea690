"""What holds for the measures whatever the tables: sums that are kept, bounds, and what cannot matter."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tesoma_geo as tg

m, decay, equity = tg.measures, tg.decay, tg.equity

DECAYS = [decay.step(20), decay.linear(45), decay.exponential(0.1), decay.gaussian(15), decay.logistic(20, 6)]


@st.composite
def towns(draw, *, all_reached=False):
    """A travel table, and a land use with residents at its origins and jobs at its destinations."""
    n, m_ = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    cost = st.integers(0, 60).map(float) if all_reached else st.integers(0, 60).map(float) | st.just(np.inf)
    costs = draw(st.lists(cost, min_size=n * m_, max_size=n * m_))
    people = draw(st.lists(st.integers(0, 500), min_size=n, max_size=n))
    jobs = draw(st.lists(st.integers(0, 500), min_size=m_, max_size=m_))
    travel = pd.DataFrame(
        {
            "from_id": np.repeat([f"o{i}" for i in range(n)], m_),
            "to_id": np.tile([f"d{j}" for j in range(m_)], n),
            "travel_time": costs,
        }
    )
    ids = [f"o{i}" for i in range(n)] + [f"d{j}" for j in range(m_)]
    land_use = pd.DataFrame({"id": ids, "people": people + [0] * m_, "jobs": [0] * n + jobs})
    return travel, land_use


def residents(land_use, table):
    return land_use.set_index("id")["people"].reindex(table["id"]).to_numpy()


def served(travel, land_use, function):
    """The jobs that somebody with demand reaches with a weight above 0."""
    joined = travel.merge(land_use[["id", "people"]], left_on="from_id", right_on="id")
    reaches = joined[(function(joined["travel_time"]) > 0) & (joined["people"] > 0)]
    return land_use[land_use["id"].isin(reaches["to_id"])]["jobs"].sum()


@given(towns(), st.sampled_from(DECAYS))
def test_two_steps_give_away_what_is_reached_and_no_more(town, function):
    travel, land_use = town
    found = m.two_step_fca(travel, land_use, "jobs", "people", function)
    assert (residents(land_use, found) * found["value"]).sum() == pytest.approx(served(travel, land_use, function))


@given(towns(), st.sampled_from(DECAYS), st.sampled_from([0.5, 1.0, 2.0]))
def test_spatial_availability_gives_away_what_is_reached_and_no_more(town, function, alpha):
    travel, land_use = town
    found = m.spatial_availability(travel, land_use, "jobs", "people", function, alpha=alpha)
    assert found["value"].sum() == pytest.approx(served(travel, land_use, function))


@given(towns(all_reached=True))
def test_balanced_catchments_keep_the_level_of_service(town):
    travel, land_use = town
    function = decay.exponential(0.05)
    found = m.balanced_fca(travel, land_use, "jobs", "people", function)
    weight = travel.assign(w=function(travel["travel_time"])).pivot(index="from_id", columns="to_id", values="w")
    people = land_use.set_index("id")["people"].reindex(weight.index).to_numpy()
    jobs = land_use.set_index("id")["jobs"].reindex(weight.columns).to_numpy()
    shared = weight.div(weight.sum(axis=1), axis=0).mul(people, axis=0).sum().to_numpy()
    service = np.divide(jobs, shared, out=np.zeros(len(jobs)), where=shared > 0)
    assert found["value"].sum() == pytest.approx(service.sum())


@given(towns(), st.sampled_from(["total", "singly"]), st.booleans())
def test_constraints_keep_their_totals(town, constraint, active):
    travel, land_use = town
    found = m.constrained_accessibility(
        travel, land_use, "jobs", "people", decay.linear(45), constraint=constraint, active=active
    )
    column = "jobs" if active else "people"
    assert -1e-9 <= found["value"].sum() <= land_use[column].sum() * (1 + 1e-9)


@given(towns(), st.floats(1, 60), st.floats(0, 20))
def test_a_longer_cutoff_never_reaches_less(town, cutoff, more):
    travel, land_use = town
    near = m.cumulative_opportunities(travel, land_use, "jobs", cutoff)["value"]
    assert (m.cumulative_opportunities(travel, land_use, "jobs", cutoff + more)["value"] >= near).all()


@given(towns(), st.integers(1, 2000))
def test_dual_access_is_the_inverse_of_cumulative_opportunities(town, n):
    travel, land_use = town
    for origin, cost in m.dual_access(travel, land_use, "jobs", n=n).itertuples(index=False):
        own = travel[travel["from_id"] == origin]
        if np.isinf(cost):
            assert m.cumulative_opportunities(own, land_use, "jobs", 1e9)["value"][0] < n
            continue
        if cost > 0:
            assert m.cumulative_opportunities(own, land_use, "jobs", cost)["value"][0] >= n
        before = np.nextafter(cost, -1)
        assert before <= 0 or m.cumulative_opportunities(own, land_use, "jobs", before)["value"][0] < n


@given(towns(), st.integers(1, 4))
def test_the_kth_closest_is_never_closer_than_the_one_before(town, k):
    travel, land_use = town
    before = m.cost_to_closest(travel, land_use, "jobs", k=k)["value"]
    assert (m.cost_to_closest(travel, land_use, "jobs", k=k + 1)["value"] >= before).all()


@settings(max_examples=50)
@given(towns(), st.sampled_from([5.0, 60.0]))
def test_no_agent_gains_by_going_elsewhere(town, tau):
    """At rest the value is the dual optimum: no feasible spreading of the residents costs less in all."""
    travel, land_use = town
    matrix = m.TravelMatrix.of(travel)
    people, jobs = matrix.at_origins(land_use, "people"), matrix.at_destinations(land_use, "jobs")
    if not people.sum() or not jobs.sum():
        return
    value = m.raam(matrix, land_use, "jobs", "people", tau)["value"].to_numpy()
    rho = people.sum() / jobs.sum()
    cost = matrix.filled(matrix.cost + 1).toarray()
    cost = np.where(cost > 0, (cost - 1) / tau, np.inf)
    spread, load = _rest(cost, people, jobs * rho)
    crowded = cost + np.divide(load, jobs * rho, out=np.full(len(jobs), np.inf), where=jobs > 0)
    np.testing.assert_allclose(value, crowded.min(axis=1), rtol=2e-3, atol=2e-3)
    assert spread[~np.isfinite(crowded)].sum() == 0


def _rest(cost, people, room):
    """Who goes where at rest, by moving each origin's residents bit by bit (Frank and Wolfe 1956)."""
    spread = np.zeros(cost.shape)
    for step in range(4000):
        load = spread.sum(axis=0)
        crowded = cost + np.divide(load, room, out=np.full(len(room), np.inf), where=room > 0)
        target = np.zeros(cost.shape)
        rows = np.isfinite(crowded.min(axis=1))
        target[rows, crowded.argmin(axis=1)[rows]] = people[rows]
        spread += (target - spread) * 2 / (step + 2)
    return spread, spread.sum(axis=0)


values = st.lists(st.floats(0, 1e4), min_size=1, max_size=12)


@st.composite
def populations(draw):
    value = draw(values)
    people = draw(st.lists(st.integers(1, 50), min_size=len(value), max_size=len(value)))
    group = draw(st.lists(st.sampled_from("xyz"), min_size=len(value), max_size=len(value)))
    ids = range(len(value))
    return pd.DataFrame({"id": ids, "value": value}), pd.DataFrame({"id": ids, "population": people, "group": group})


@given(populations())
def test_residents_of_a_place_are_as_many_single_residents(population):
    access, land_use = population
    people = land_use["population"].to_numpy()
    single = access.loc[access.index.repeat(people)].assign(id=range(people.sum()))
    alone = pd.DataFrame({"id": range(people.sum()), "population": 1})
    for index in (equity.gini, equity.theil_t, lambda a, u: equity.sufficiency(a, u, 50.0)):
        assert index(access, land_use) == pytest.approx(index(single, alone), abs=1e-9)


@given(populations(), st.floats(0.01, 100))
def test_inequality_does_not_depend_on_the_unit(population, unit):
    access, land_use = population
    scaled = access.assign(value=access["value"] * unit)
    assert equity.gini(scaled, land_use) == pytest.approx(equity.gini(access, land_use), abs=1e-9)
    assert equity.theil_t(scaled, land_use) == pytest.approx(equity.theil_t(access, land_use), abs=1e-9)


@given(populations())
def test_inequality_is_bounded_and_falls_apart_exactly(population):
    access, land_use = population
    assert 0 <= equity.gini(access, land_use) < 1
    theil = equity.theil_t(access, land_use)
    assert 0 <= theil <= np.log(land_use["population"].sum()) + 1e-9
    parts = equity.theil_decomposition(access, land_use, groups="group")
    assert parts[["between", "within"]].to_numpy().sum() == pytest.approx(theil, abs=1e-9)


@given(populations())
def test_the_lorenz_curve_sags(population):
    curve = equity.lorenz_curve(*population)
    assert (curve["access_share"] <= curve["population_share"] + 1e-9).all()
    assert (curve.diff().dropna() >= -1e-12).all(axis=None)


@given(populations())
def test_a_concentration_index_by_the_value_itself_is_the_gini(population):
    access, land_use = population
    ranked = land_use.assign(rank=access["value"])
    found = equity.concentration_index(access, ranked, rank="rank", kind="standard")
    assert found == pytest.approx(equity.gini(access, land_use), abs=1e-9)


@given(towns(all_reached=True))
def test_the_doubly_constrained_model_keeps_both_sides(town):
    travel, land_use = town
    people, jobs = land_use["people"].sum(), land_use["jobs"].sum()
    if not people or not jobs:
        return
    land_use = land_use.assign(jobs=land_use["jobs"] * people / jobs)
    trips = m.constrained_accessibility(
        travel, land_use, "jobs", "people", decay.exponential(0.05), constraint="doubly"
    )
    for side, column in (("from_id", "people"), ("to_id", "jobs")):
        sums = trips.groupby(side)["value"].sum()
        np.testing.assert_allclose(sums, land_use.set_index("id")[column].reindex(sums.index), atol=2e-6 * people)
