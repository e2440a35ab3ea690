"""The measures beside packages that others wrote: PySAL access, inequality, spopt (against every choice there is)."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from access import Access, weights
from inequality.gini import Gini
from inequality.theil import Theil, TheilD

import tesoma_geo as tg
from tesoma_geo.errors import TesomaError

m, decay, equity = tg.measures, tg.decay, tg.equity

pytestmark = [  # of the peers
    pytest.mark.filterwarnings("ignore:The inplace keyword"),
    pytest.mark.filterwarnings("ignore:Constructing LpVariable"),
    pytest.mark.filterwarnings("ignore:PULP_CBC_CMD is deprecated"),
]

#: The example of PySAL access: two suburbs and a city with most doctors; minutes in and out of the city, across.
HOSPITALS = {
    "gridlock": (40, 40, 80),
    "lane inbound": (20, 40, 80),
    "lane outbound": (40, 20, 80),
    "fast": (20, 20, 40),
}


def hospital_example(inbound, outbound, across):
    places = pd.DataFrame({"id": [1, 2, 3], "people": [100, 50, 10], "doctors": [15, 20, 100]})
    cost = [1, across, inbound, across, 1, inbound, outbound, outbound, 1]
    return pd.DataFrame({"from_id": np.repeat([1, 2, 3], 3), "to_id": [1, 2, 3] * 3, "travel_time": cost}), places


def random_town(seed, n=60):
    """Places that are both homes and services, with other costs there than back, and some pairs apart."""
    random = np.random.default_rng(seed)
    xy = random.uniform(0, 40, (n, 2))
    cost = np.linalg.norm(xy[:, None] - xy, axis=2) * random.uniform(0.8, 1.6, (n, n)) + 1
    places = pd.DataFrame({"id": range(n), "people": random.integers(0, 300, n), "doctors": random.integers(0, 9, n)})
    table = pd.DataFrame(
        {"from_id": np.repeat(range(n), n), "to_id": np.tile(range(n), n), "travel_time": cost.ravel()}
    )
    return table[random.uniform(size=len(table)) < 0.9].reset_index(drop=True), places


CASES = {name: hospital_example(*minutes) for name, minutes in HOSPITALS.items()}
CASES |= {f"random {seed}": random_town(seed) for seed in range(3)}


def peer(travel, places):
    names = {"cost_origin": "from_id", "cost_dest": "to_id", "cost_name": "travel_time"}
    neighbours = {f"neighbor_{key}": value for key, value in names.items()}
    return Access(
        demand_df=places,
        demand_index="id",
        demand_value="people",
        supply_df=places,
        supply_index="id",
        supply_value="doctors",
        cost_df=travel.copy(),
        neighbor_cost_df=travel.copy(),
        **names,
        **neighbours,
    )


def compare(mine, theirs, rtol=1e-9):
    theirs = theirs.reindex(mine["id"]).fillna(0.0)
    np.testing.assert_allclose(mine["value"].to_numpy(), theirs.to_numpy(), rtol=rtol, atol=1e-12)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
class TestAccess:
    """PySAL access 1.1; a place that it leaves out has 0 here."""

    zones = ({10: 1.0, 20: 0.68, 60: 0.22}, 61)

    def test_weighted_catchment(self, case):
        found = peer(*case).weighted_catchment(name="w", weight_fn=weights.gaussian(20), max_cost=1e9)
        compare(m.gravity(*case, "doctors", decay.gaussian(20)), found["w_doctors"])

    def test_fca(self, case):
        found = peer(*case).fca_ratio(name="f", max_cost=30)["f_doctors"]
        mine = m.fca(*case, "doctors", "people", decay.step(30))
        compare(mine.fillna(0.0), found.replace(np.inf, 0.0))

    def test_two_steps(self, case):
        found = peer(*case).two_stage_fca(name="t", max_cost=30)["t_doctors"]
        compare(m.two_step_fca(*case, "doctors", "people", decay.step(30)), found)

    def test_enhanced_two_steps(self, case):
        zones, far = self.zones
        found = peer(*case).enhanced_two_stage_fca(name="e", weight_fn=weights.step_fn(zones), max_cost=far)
        compare(m.enhanced_two_step_fca(*case, "doctors", "people", decay.stepped(zones)), found["e_doctors"])

    def test_two_steps_with_inverse_power(self, case):
        found = peer(*case).two_stage_fca(name="g", weight_fn=weights.gravity(1, -1), max_cost=1e9)
        compare(m.two_step_fca(*case, "doctors", "people", decay.inverse_power(1)), found["g_doctors"])

    def test_three_steps(self, case):
        """The preference is the same when the weights themselves end at the catchment."""
        zones, far = self.zones
        found = peer(*case).three_stage_fca(name="s", weight_fn=weights.step_fn(zones), max_cost=far)
        compare(m.three_step_fca(*case, "doctors", "people", decay.stepped(zones)), found["s_doctors"])


@pytest.mark.parametrize("seed", range(2))
def test_raam(seed):
    """PySAL moves whole residents in a limited number of rounds, so it comes near the rest that is found here."""
    travel, places = random_town(seed, n=40)
    places = places.assign(people=places["people"] * 100)
    found = peer(travel, places).raam(name="r", tau=30, max_cycles=1500, min_step=1e-5, initial_step=0.2)["r_doctors"]
    mine = m.raam(travel, places, "doctors", "people", 30).set_index("id")["value"].reindex(found.dropna().index)
    np.testing.assert_allclose(mine, found.dropna(), rtol=0.01)


@pytest.fixture(scope="module")
def residents():
    random = np.random.default_rng(7)
    return random.gamma(2, 10, 300), random.integers(1, 30, 300), random.choice(list("abc"), 300)


def tables(value, people, group):
    ids = range(len(value))
    return pd.DataFrame({"id": ids, "value": value}), pd.DataFrame({"id": ids, "population": people, "group": group})


def test_gini_of_inequality(residents):
    value, people, _ = residents
    assert equity.gini(*tables(*residents)) == pytest.approx(Gini(np.repeat(value, people)).g)


def test_theil_of_inequality(residents):
    value, people, group = residents
    every, groups = np.repeat(value, people), np.repeat(group, people)
    assert equity.theil_t(*tables(*residents)) == pytest.approx(Theil(every).T)
    parts = equity.theil_decomposition(*tables(*residents), groups="group")
    theirs = TheilD(every, groups)
    assert parts["between"].sum() == pytest.approx(float(np.ravel(theirs.bg)[0]))
    assert parts["within"].sum() == pytest.approx(float(np.ravel(theirs.wg)[0]))


class TestLocation:
    """Against every choice there is, in a town with few candidates."""

    @pytest.fixture
    def town(self):
        random = np.random.default_rng(11)
        cost = random.integers(1, 60, (25, 7)).astype(float)
        travel = pd.DataFrame(
            {
                "from_id": np.repeat([f"c{i}" for i in range(25)], 7),
                "to_id": np.tile([f"s{j}" for j in range(7)], 25),
                "travel_time": cost.ravel(),
            }
        )
        people = random.integers(0, 100, 25)
        return travel, pd.DataFrame({"id": [f"c{i}" for i in range(25)], "people": people}), cost, people

    @staticmethod
    def every_choice(cost, p, fixed=()):
        for chosen in combinations(range(cost.shape[1]), p):
            if set(fixed) <= set(chosen):
                yield chosen, cost[:, chosen].min(axis=1)

    @pytest.mark.parametrize("p", [1, 2, 3])
    def test_p_median(self, town, p):
        travel, land_use, cost, people = town
        found = tg.location.p_median(travel, land_use, "people", p)
        assert len(found.chosen) == p
        assert found.objective == pytest.approx(min(people @ best for _, best in self.every_choice(cost, p)))

    def test_p_median_beside_an_existing_service(self, town):
        travel, land_use, cost, people = town
        worst = max(range(7), key=lambda j: people @ cost[:, j])
        found = tg.location.p_median(travel, land_use, "people", 2, existing=[f"s{worst}"])
        assert found.chosen[0] == f"s{worst}"
        assert found.objective == pytest.approx(min(people @ best for _, best in self.every_choice(cost, 2, [worst])))

    @pytest.mark.parametrize("p", [1, 3])
    def test_p_centre(self, town, p):
        travel, land_use, cost, people = town
        found = tg.location.p_centre(travel, land_use, "people", p)
        assert found.objective == min(best[people > 0].max() for _, best in self.every_choice(cost, p))

    @pytest.mark.parametrize("cutoff", [5, 10, 20])
    def test_maximal_covering(self, town, cutoff):
        travel, land_use, cost, people = town
        found = tg.location.mclp(travel, land_use, "people", 2, cutoff)
        assert found.objective == max(people[best <= cutoff].sum() for _, best in self.every_choice(cost, 2))

    def test_set_covering(self, town):
        travel, land_use, cost, people = town
        found = tg.location.lscp(travel, land_use, "people", 40)
        fewest = min(p for p in range(1, 8) for _, best in self.every_choice(cost, p) if (best[people > 0] <= 40).all())
        assert len(found.chosen) == found.objective == fewest
        assert (found.allocation["cost"][people > 0] <= 40).all()

    def test_residents_whom_no_candidate_covers(self, town):
        travel, land_use, cost, people = town
        alone = (cost.min(axis=1) > 5) & (people > 0)
        with pytest.raises(TesomaError, match=f"^{alone.sum()} places with {people[alone].sum()} residents"):
            tg.location.lscp(travel, land_use, "people", 5)

    def test_reaching_a_candidate_at_all_comes_before_saving(self):
        travel = pd.DataFrame({"from_id": ["a", "b", "b"], "to_id": ["x", "x", "y"], "travel_time": [50.0, 60, 1]})
        land_use = pd.DataFrame({"id": ["a", "b", "c"], "people": [1, 1000, 0]})
        for model in (tg.location.p_median, tg.location.p_centre):
            assert model(travel, land_use, "people", 1).chosen == ("x",)

    def test_whom_no_choice_reaches(self):
        travel = pd.DataFrame({"from_id": ["a", "b"], "to_id": ["x", "y"], "travel_time": [5.0, 7.0]})
        land_use = pd.DataFrame({"id": ["a", "b"], "people": [2, 1]})
        found = tg.location.p_median(travel, land_use, "people", 1)
        assert (found.chosen, found.objective) == (("x",), 10.0)
        assert found.allocation["cost"].tolist() == [5.0, np.inf]
        assert tg.location.p_centre(travel, land_use, "people", 1).objective == np.inf

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            ({"p": 0}, "p is 0 for 7 candidates"),
            ({"p": 8}, "p is 8"),
            ({"p": 1, "existing": ["s1", "s2"]}, "p is 1 for 7 candidates, 2 of them existing"),
            ({"p": 2, "existing": ["elsewhere"]}, "'elsewhere' exists but is no destination"),
        ],
    )
    def test_choices_that_cannot_be_made(self, town, arguments, said):
        with pytest.raises(TesomaError, match=said):
            tg.location.p_median(town[0], town[1], "people", **arguments)
