"""All that is asked for one way of moving, in steps that are kept: each profile can be done beside the others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property, partial
from typing import Any

from tesoma_geo._memory import give_back
from tesoma_geo._processes import in_processes, side_by_side
from tesoma_geo._step_records import Effort
from tesoma_geo._steps import MISSING, PlannedStep, Steps, measured
from tesoma_geo._threads import in_threads
from tesoma_geo.analysis.barriers import BarrierCosts, Barriers
from tesoma_geo.analysis.lived_access import barriers_in
from tesoma_geo.analysis.lived_profile import LivedProfile, lived_by
from tesoma_geo.annotations.publish import feature_collection
from tesoma_geo.assessment.lift_effects import rolling_profile
from tesoma_geo.assessment.profile_results import ProfileReach, street_reach, transit_reach
from tesoma_geo.assessment.several_hubs import HubsReach, hubs_by_timetable, hubs_on_streets
from tesoma_geo.assessment.street_analysis import (
    RUNS,
    SEED,
    NetworkDraws,
    StreetStudy,
    StudyOfAll,
    street_study,
    study_but_for_draws,
    study_draws,
)
from tesoma_geo.assessment.transit_analysis import WALKING, TransitAnalysis, timetable_router, transit_analysis
from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.inputs.snapped_points import SnappedPoints
from tesoma_geo.network import StreetRouter
from tesoma_geo.network.isochrones.isochrones import Water
from tesoma_geo.network.streets.profiles import Profile, profiles_with
from tesoma_geo.network.transit import TransitRouter
from tesoma_geo.workspace import Workspace, hub_keys, without_licences

REACH, STUDY, LIVED, TIMETABLE = "reach", "study", "lived", "timetable"
#: All that is asked where there is more than one hub.
HUBS = "hubs"
#: The two halves of a study.
BUT_FOR_DRAWS, DRAWS = "study but for draws", "draws"

#: Profile → its steps that are not kept: what is asked, and the step.
_Left = Mapping[str, list[tuple[str, PlannedStep]]]

#: Sections of a workspace that no step here follows from: what there is to say, not to compute.
UNCOMPUTED = ("targets", "profiles", "hub_choice", "themes", "moderation", "workshop", "site")
#: Sections and layers of several hubs, which one step alone follows from.
OF_HUBS = ("hubs", "further_hubs")
#: Sections and layers that a step does not follow from, besides those.
WITHOUT = {
    REACH: ("winter", "nature", "experience", "publish", "annotations", "green", "timetable", "transit"),
    STUDY: ("experience", "publish", "annotations", "timetable", "transit"),
    LIVED: ("winter", "nature", "annotations", "green", "timetable", "transit"),
    TIMETABLE: ("winter", "nature", "annotations", "green"),
    HUBS: ("winter", "nature", "experience", "publish", "annotations", "green"),
}


@dataclass(frozen=True, eq=False)
class ProfileResults:
    """What the profiles of an assessment give, each by name in the workspace's order.

    Attributes
    ----------
    reaches
        Times, isochrones, surface.
    studies
        Why, in winter, and how sure; of profiles on streets.
    lived
        With residents' barriers, of profiles on streets; none where nobody was asked.
    transit
        What only a timetable can tell; None without one.
    shared
        What the profiles share.
    hubs
        Several hubs; empty where there is one alone.
    """

    reaches: dict[str, ProfileReach]
    studies: dict[str, StreetStudy]
    lived: list[LivedProfile]
    transit: TransitAnalysis | None
    shared: "SharedByProfiles"
    hubs: dict[str, HubsReach]


@dataclass(frozen=True, eq=False)
class SharedByProfiles:
    """What the profiles of an assessment share, found once and only when it is asked for.

    Attributes
    ----------
    inputs
        The layers, with the publication of what residents said.
    draws
        What was drawn of the same streets; None to draw anew.
    """

    inputs: Inputs
    draws: NetworkDraws | None = None

    @cached_property
    def water(self) -> Water:
        """Lakes of the study area, as the isochrones take them."""
        return Water.of(self.inputs.water.geometry, within=self.inputs.study_area.bounds)

    @cached_property
    def study(self) -> StudyOfAll:
        """What the studies of the streets share."""
        return StudyOfAll.of(self.inputs, self.draws)

    @cached_property
    def told(self) -> Mapping[str, Any] | None:
        """What residents said as it is published; None where nobody was asked."""
        return None if self.inputs.publication is None else feature_collection(self.inputs.publication)

    @cached_property
    def barriers(self) -> tuple[Barriers, BarrierCosts] | None:
        """Where residents' barriers are, and what they cost; None where nobody was asked."""
        return None if self.told is None else barriers_in(self.inputs, self.told)


def profile_results(
    inputs: Inputs, progress: Callable[[str], None], steps: Steps, draws: NetworkDraws | None = None
) -> ProfileResults:
    """Every profile of an assessment, in steps: those that are kept are read, the others done side by side.

    Parameters
    ----------
    inputs
        The layers, with the publication of what residents said.
    progress
        Told the name of each profile that is begun.
    steps
        Which are kept.
    draws
        What was drawn of the same streets for another assessment.

    Returns
    -------
    ProfileResults
    """
    shared = SharedByProfiles(inputs, draws or NetworkDraws(inputs.network, steps))
    profiles = {profile.name: profile for profile in inputs.profiles}
    names = inputs.workspace.access.profiles
    values: dict[tuple[str, str], Any] = {}
    left: dict[str, list[tuple[str, PlannedStep]]] = {}
    for name in names:
        for what in _asked(name in profiles, shared):
            given = _given(what, inputs, shared, profiles.get(name))
            step, value = steps.find(name if what == TIMETABLE else f"{what} {name}", **given)
            values[what, name] = value
            if value is MISSING:
                left.setdefault(name, []).append((what, step))
    _prepare({what for asked in left.values() for what, _ in asked}, shared)

    # The timetable takes longest: it begins first.
    order = sorted(left, key=lambda name: name in profiles)
    asked = {name: partial(_ProfileOnDemand, shared, profiles, profiles.get(name)) for name in order}
    for name, done in zip(order, _done(asked, left, steps, progress), strict=True):
        for (what, step), (value, effort) in zip(left[name], done, strict=True):
            found = steps.taken_back(value)
            values[what, name] = asked[name]().answer(what) if found is MISSING else found
            steps.tell(step, effort)
    by_timetable = {name: values[TIMETABLE, name] for name in names if name not in profiles}
    on_streets = [name for name in names if name in profiles]
    return ProfileResults(
        {name: by_timetable[name][0] if name in by_timetable else values[REACH, name] for name in names},
        {name: values[STUDY, name] for name in on_streets},
        [values[LIVED, name] for name in on_streets if (LIVED, name) in values],
        next((transit for _, transit in by_timetable.values()), None),
        shared,
        {name: values[HUBS, name] for name in names if (HUBS, name) in values},
    )


def _done(
    asked: Mapping[str, Callable[[], "_ProfileOnDemand"]],
    left: _Left,
    steps: Steps,
    progress: Callable[[str], None],
) -> list[list[tuple[Any, Effort]]]:
    """What the steps of profiles give that are left, put aside; the profiles side by side, none held when it is done.

    Where all processes but one would wait for the last profile, one of them makes its draws meanwhile.
    """
    last, at_once = next(reversed(list(asked)), ""), side_by_side(len(asked) + 1)
    studied = [what for what, _ in left.get(last, ())]
    apart = len(asked) < 2 * at_once and len(asked) % at_once == 1 and STUDY in studied

    def one(name: str) -> list[tuple[Any, Effort]]:
        progress(name)
        profile, done = asked[name](), []
        for what, step in left[name]:
            half = apart and name == last and what == STUDY
            value, effort = measured(partial(profile.answer, BUT_FOR_DRAWS if half else what))
            done.append((value if half else steps.put_aside(step, value), effort))
            del value
            give_back()
        return done

    tasks: list[Callable[[], list[tuple[Any, Effort]]]] = [partial(one, name) for name in asked]
    if not apart:
        return in_processes(tasks)
    every = in_processes([*tasks, lambda: [measured(partial(asked[last]().answer, DRAWS))]])
    [(drawn, drawing)], at = every.pop(), studied.index(STUDY)
    others, effort = every[-1][at]
    study = StreetStudy(**others, uncertain=drawn)
    kept = steps.put_aside(left[last][at][1], study)
    peaks_mb = [one.peak_mb for one in (effort, drawing) if one.peak_mb is not None]
    every[-1][at] = kept, Effort(effort.seconds + drawing.seconds, max(peaks_mb, default=None))
    return every


@dataclass(frozen=True, eq=False)
class _ProfileOnDemand:
    """One profile with its streets, which are built when the first step that is not kept asks for them."""

    shared: SharedByProfiles
    profiles: Mapping[str, Profile]
    profile: Profile | None

    def answer(self, what: str) -> Any:
        inputs, shared = self.shared.inputs, self.shared
        if what == TIMETABLE:
            return self._timetable()
        if what == HUBS:
            return self._hubs()
        if what == REACH:
            return street_reach(inputs, self.router, self.at, shared.water)
        if what == STUDY:
            return street_study(inputs, self.router, self.at, shared.study)
        if what == BUT_FOR_DRAWS:
            return study_but_for_draws(inputs, self.router, self.at, shared.study)
        if what == DRAWS:
            return study_draws(inputs, self.router, self.at, shared.study)
        if shared.barriers is None:
            raise AssertionError("nobody was asked, and yet barriers are")
        return lived_by(inputs, self.router, (self.at.origins, self.at.hub), *shared.barriers)

    @cached_property
    def router(self) -> StreetRouter:
        if self.profile is None:
            raise AssertionError("a profile by timetable has no streets of its own")
        return _router(self.shared.inputs, self.profile)

    @cached_property
    def at(self) -> SnappedPoints:
        return SnappedPoints.of(self.shared.inputs, self.router)

    @cached_property
    def timetable(self) -> tuple[TransitRouter, SnappedPoints]:
        inputs, walking = self.shared.inputs, self.profiles.get(WALKING)
        router = timetable_router(inputs, None if walking is None else _router(inputs, walking))
        return router, SnappedPoints.of(inputs, router.walk)

    def _hubs(self) -> HubsReach:
        inputs, water = self.shared.inputs, self.shared.water
        if self.profile is None:
            return hubs_by_timetable(inputs, *self.timetable, water)
        return hubs_on_streets(inputs, self.router, self.at, water)

    def _timetable(self) -> tuple[ProfileReach, TransitAnalysis]:
        inputs, (router, on_foot) = self.shared.inputs, self.timetable
        at = router.snap(on_foot.origins), router.snap(on_foot.hub)
        reach = transit_reach(inputs, router, on_foot, at, self.shared.water)
        return reach, transit_analysis(inputs, router, at)


def _router(inputs: Inputs, profile: Profile) -> StreetRouter:
    return StreetRouter.build(inputs.network, profile, inputs.workspace.network.max_snap_m)


def _asked(on_streets: bool, shared: SharedByProfiles) -> tuple[str, ...]:
    hubs = (HUBS,) if shared.inputs.further_hubs else ()
    if not on_streets:
        return (TIMETABLE, *hubs)
    return (REACH, STUDY, *hubs) if shared.told is None else (REACH, STUDY, LIVED, *hubs)


def _prepare(asked: set[str], shared: SharedByProfiles) -> None:
    """Find what several profiles need before processes are forked, so that each has it."""
    if not asked:
        return
    network = shared.inputs.network
    lines: list[Callable[[], object]] = [lambda: network.segments]
    if asked & {REACH, TIMETABLE, HUBS}:
        lines.append(lambda: shared.water)
    if STUDY in asked:
        lines.append(lambda: shared.study.tags)
    in_threads([lambda: network.hierarchy, lambda: [find() for find in lines]])
    if STUDY in asked:  # in processes of its own: no thread works beside it
        _ = shared.study.elevations_m
    if LIVED in asked:
        _ = shared.barriers


def _given(what: str, inputs: Inputs, shared: SharedByProfiles, profile: Profile | None) -> dict[str, Any]:
    """Everything that a step follows from, by name.

    It is all of the layers and of the workspace but for what is named as left aside: what is forgotten here makes a
    step be done once too often, never once too seldom.
    """
    aside = (*UNCOMPUTED, *WITHOUT[what], *(() if what == HUBS else OF_HUBS))
    layers = {
        one.name: getattr(inputs, one.name)
        for one in fields(inputs)
        if one.name not in ("workspace", "profiles", "survey", "publication", "reports", "left_out", *aside)
    }
    workspace = inputs.workspace
    sections = {
        f"[{name}]": _computed(workspace, name) for name in Workspace.model_fields if name not in (*aside, "path")
    }
    given = {**layers, **sections, "runs": (RUNS, SEED), "profile": profile}
    if what in (LIVED, TIMETABLE):
        given["what residents said"] = shared.told
    if what == TIMETABLE or (what == HUBS and profile is None):
        given["profile"] = profiles_with(workspace.profiles)[WALKING]
    if what == TIMETABLE and inputs.timetable is not None and inputs.timetable.lifts is not None:
        given["profile by wheelchair"] = rolling_profile(inputs)
    return given


def _computed(workspace: Workspace, name: str) -> Any:
    """A section of a workspace without its words, languages and licences."""
    section = getattr(workspace, name)
    if name == "district":
        section = section.model_copy(update={"name": {}, "languages": (), "catalogues": {}, "made_up": False})
    if name == "hub":
        section = section.model_copy(update={"name": {}})
    if name == "hubs":  # their names name them in files, and their order is that of the answers
        return [(hub.entrances, hub.area, hub.around_m, hub.planned) for hub in workspace.all_hubs], hub_keys(
            workspace.all_hubs
        )
    if name == "access":
        section = section.model_copy(update={"profiles": ()})
    return without_licences(section)
