"""What residents said, from a store or from readings, in one form."""

import pytest
from made_annotations import CRS, said

from tesoma_geo.annotations.geopackage import GeoPackage
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.store import Store
from tesoma_geo.annotations.survey import NO_KEY, survey_of_readings, survey_of_store
from tesoma_geo.errors import WorkspaceError


def test_readings_are_pending_and_pseudonymous():
    survey = survey_of_readings([said(3)])
    assert set(survey.annotations["state"]) == {"pending"}
    assert survey.annotations["respondent"].str.match("r[0-9a-f]{15}$").all()
    assert survey.revision is None


def test_a_store_and_its_readings_have_the_same_columns(tmp_path):
    store = Store(GeoPackage.open(tmp_path / "a.gpkg", CRS), Key(NO_KEY.secret), CRS)
    store.import_reading(said(3), "me")
    of_store, of_files = survey_of_store(store), survey_of_readings([said(3)])
    store.database.close()
    assert set(of_store.annotations.columns) == set(of_files.annotations.columns)
    assert of_store.annotations["annotation_id"].tolist() == of_files.annotations["annotation_id"].tolist()
    assert of_store.revision == 1


def test_no_reading_is_no_survey():
    with pytest.raises(WorkspaceError, match="names no"):
        survey_of_readings([])
