"""The recipe for conda asks for what the package asks for."""

import re
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
#: Packages that conda-forge calls otherwise than PyPI.
NAMES = {"h3": "h3-py", "osmium": "pyosmium"}
RECIPE = yaml.safe_load((ROOT / "conda" / "recipe.yaml").read_text(encoding="utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_it_asks_for_the_same_packages():
    asked = [re.match(r"([\w-]+)(?:\[\w+\])?(.*)", one).groups() for one in PROJECT["project"]["dependencies"]]
    expected = [f"{NAMES.get(name, name)} {versions}" for name, versions in asked]
    assert RECIPE["requirements"]["run"] == [f"python {PROJECT['project']['requires-python']}", *expected]


def test_it_is_built_as_the_wheel_is():
    assert RECIPE["package"] == {name: PROJECT["project"][name] for name in ("name", "version")}
    host = [one.split()[0] for one in RECIPE["requirements"]["host"]]
    assert {re.match(r"[\w-]+", one)[0] for one in PROJECT["build-system"]["requires"]} <= set(host)
    scripts = [f"{name} = {where}" for name, where in PROJECT["project"]["scripts"].items()]
    assert RECIPE["build"]["python"]["entry_points"] == scripts
    assert (ROOT / RECIPE["about"]["license_file"]).is_file()
