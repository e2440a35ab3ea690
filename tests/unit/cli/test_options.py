"""What commands refuse before anything is computed."""

import click
import pytest

from tesoma_geo.cli.options import check_language, check_profile
from tesoma_geo.errors import InputError
from tesoma_geo.languages import CATALOGUES
from tesoma_geo.workspace import Workspace


@pytest.fixture
def workspace(sample_workspace):
    return Workspace.load(sample_workspace)


@pytest.mark.parametrize("language", [None, *CATALOGUES])
def test_the_languages_of_the_package_are_known(workspace, language):
    assert check_language(workspace, language) is None


def test_a_language_of_the_workspace_is_known_there_alone(workspace):
    with pytest.raises(click.BadParameter, match=r"'se' is none of the languages\. Use one of fi, sv, en, et, pt"):
        check_language(workspace, "se")
    district = workspace.district.model_copy(update={"catalogues": {"se": "se.po"}})
    check_language(workspace.model_copy(update={"district": district}), "se")


def test_a_profile_that_is_not_assessed_is_refused(workspace):
    check_profile(workspace, None)
    check_profile(workspace, "walk")
    with pytest.raises(InputError, match="no profile 'fly'") as refused:
        check_profile(workspace, "fly")
    assert "wheelchair" in refused.value.remedy
