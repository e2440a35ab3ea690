"""Made-up content of ``trend.json``: two runs, one way of moving, every cause."""

from tesoma_geo.follow_up.states import CAUSES

HOSTILE = '<img src=x onerror="alert(1)">'
NUMBERS = {
    "residents": 100.0,
    "walk_unreachable": 0.0,
    "walk_within_15_min": 50.0,
    "walk_within_15_min_share": 0.5,
    "walk_median_min": 9.0,
}


def figures():
    """Half of the residents are there before, 60 % after; a tag of a way changed to text that would run as HTML."""
    parts = dict.fromkeys(CAUSES, 0.0125)
    row = {
        "before": 0.5, "after": 0.6, "change": 0.1, "parts": parts, "error": dict.fromkeys(CAUSES, 0.0),
        "software": 0.0, "low": None, "high": None,
    }  # fmt: skip
    change = {"object": "way/1", "kind": "way", "change": "tags", "tags": f"name: – → {HOSTILE}", "length_m": 1.0}
    step = {
        "since": "2026-01-01", "until": "2027-01-01", "causes": list(CAUSES), "orders": 24, "exact": False,
        "indicators": dict.fromkeys(NUMBERS, row), "left_out": [],
        "map": [{**change, "verdict": verdict, "because": ""} for verdict in ("unknown", "real", "correction")],
    }  # fmt: skip
    runs = [
        {"run": "a", "date": date, "software": "1", "stored": {}, "rerun": NUMBERS}
        for date in ("2026-01-01", "2027-01-01")
    ]
    event = {"date": "2026-05-01", "what": "trial_begun", "name": HOSTILE}
    return {"made_up": True, "runs": runs, "steps": [step], "targets": {}, "events": [event]}
