"""Tab completion and the values that it knows."""

import click
import pytest
from click.testing import CliRunner

from tesoma_geo.cli import commands
from tesoma_geo.cli.completion import PROGRAM, SHELLS, VARIABLE, completed


def offered(line, monkeypatch):
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(len(line.split(" ")) - 1))
    monkeypatch.setenv(VARIABLE, "bash_complete")
    done = CliRunner().invoke(commands, [], prog_name=PROGRAM, complete_var=VARIABLE)
    return [one.partition(",")[2] for one in done.output.splitlines() if one]


def test_ways_of_moving_of_the_workspace(tmp_path, monkeypatch):
    (tmp_path / "tesoma.toml").write_text('[access]\nprofiles = ["walk", "hover"]\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert offered(f"{PROGRAM} hub --profile h", monkeypatch) == ["hover"]
    named = f"{PROGRAM} hub --workspace {tmp_path}/tesoma.toml --profile "
    monkeypatch.chdir("/")
    assert offered(named, monkeypatch) == ["walk", "hover"]


def test_commands_and_languages(monkeypatch):
    assert offered(f"{PROGRAM} comp", monkeypatch) == ["completion"]
    assert "sv" in offered(f"{PROGRAM} still --language ", monkeypatch)


def test_a_workspace_that_cannot_be_read_offers_nothing(tmp_path, monkeypatch):
    (tmp_path / "tesoma.toml").write_text("[", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert offered(f"{PROGRAM} hub --profile ", monkeypatch) == []


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_gets_its_script(shell, tmp_path, monkeypatch):
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    printed = CliRunner().invoke(commands, ["completion", shell])
    assert VARIABLE in printed.output
    installed = CliRunner().invoke(commands, ["completion", shell, "--install", "-q"])
    (path,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert str(path) in installed.output
    assert path.read_text(encoding="utf-8").strip() == printed.output.strip()


def test_an_unknown_shell_is_told(monkeypatch):
    monkeypatch.setenv("SHELL", "/bin/tcsh")
    done = CliRunner().invoke(commands, ["completion"])
    assert done.exit_code == 1
    assert "tcsh" in done.output


def test_values_are_those_that_begin_so():
    complete = completed(lambda _: ["walk", "walk_slow", "car", "walk"])
    context = click.Context(commands)
    assert [one.value for one in complete(context, commands.params[0], "wa")] == ["walk", "walk_slow"]


def test_measures_decays_and_columns_of_the_tables_on_the_line(tmp_path, monkeypatch):
    (tmp_path / "minutes.csv").write_text("from_id,to_id,travel_time\n", encoding="utf-8")
    (tmp_path / "shops.csv").write_text("id,jobs,seats\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert offered(f"{PROGRAM} measures two_s", monkeypatch) == ["two_step_fca"]
    assert offered(f"{PROGRAM} measures p_m", monkeypatch) == ["p_median"]
    line = f"{PROGRAM} measures two_step_fca minutes.csv shops.csv"
    assert offered(f"{line} --opportunity se", monkeypatch) == ["seats"]
    assert offered(f"{line} --travel-cost tra", monkeypatch) == ["travel_time"]
    assert offered(f"{line} --decay exp", monkeypatch) == ["exponential:"]


def test_kinds_are_those_of_the_command(tmp_path, monkeypatch):
    (tmp_path / "tesoma.toml").write_text('[services.osm]\nkiosk = "shop=kiosk"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert offered(f"{PROGRAM} catchments --kind ", monkeypatch) == ["kiosk"]
    assert "barrier" in offered(f"{PROGRAM} annotations list --kind ", monkeypatch)
    assert offered(f"{PROGRAM} batch --scheduler p", monkeypatch) == ["processes"]
    assert "walk_within_15_min" in offered(f"{PROGRAM} trend --indicator walk_within_1", monkeypatch)


def test_layers_of_the_map_and_several_columns(tmp_path, monkeypatch):
    assert len(offered(f"{PROGRAM} embed --layer ", monkeypatch)) > 1
    (tmp_path / "minutes.csv").write_text("from_id,to_id,travel_time,mode\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    line = f"{PROGRAM} measures gravity minutes.csv minutes.csv --group-by"
    assert offered(f"{line} mo", monkeypatch) == ["mode"]
    assert offered(f"{line} mode,tr", monkeypatch) == ["mode,travel_time"]
