"""XML and JSON of strangers."""

import pytest
from made_annotations import read_export

from tesoma_geo.errors import SourceError

OPEN311 = {"platform": "open311", "kind": "barrier", "values": {"category": {"180": "dark", "171": "surface"}}}


def test_xml_that_declares_entities_is_refused(tmp_path):
    path = tmp_path / "requests.xml"
    path.write_text('<!DOCTYPE x [<!ENTITY a "aaaa">]><service_requests>&a;</service_requests>')
    with pytest.raises(SourceError, match="entities"):
        read_export(path, **OPEN311)
