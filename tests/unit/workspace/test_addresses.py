"""Where the sources of a workspace lie."""

import pytest

from tesoma_geo.workspace import source_path
from tesoma_geo.workspace.addresses import database_fault, with_tables


def test_addresses_lie_in_a_folder_of_their_own(tmp_path):
    path = source_path(tmp_path / "tesoma.toml", "https://example.org/a b/../../etc/passwd?x=1")
    assert path.parent == tmp_path / "fetched"
    assert "/" not in path.name


def test_a_table_of_a_database_is_a_part_of_its_address_and_a_file_of_its_own(tmp_path):
    file = tmp_path / "tesoma.toml"
    content = {"services": {"files": [{"source": "postgresql://h/db", "table": "s.a", "kind": "shop"}, {"table": "x"}]}}
    assert with_tables(content) == {
        "services": {"files": [{"source": "postgresql://h/db#s.a", "kind": "shop"}, {"table": "x"}]}
    }
    paths = [
        source_path(file, f"postgresql://{host}/db#{table}") for host in ("h", "anna@h", "") for table in ("a", "b")
    ]
    assert len(set(paths)) == 4  # whoever asks, it is the same table
    assert {path.suffix for path in paths} == {".parquet"}


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("postgresql://h/db#a", None),
        ("postgresql://anna@h/db?sslmode=require#a", None),
        ("postgresql:///?service=city#a", None),
        ("https://a:b@h/x", None),
        ("postgresql://h/db", "no table"),
        ("postgresql://anna:secret@h/db#a", "password"),
        ("postgres://h/db?user=anna&password=secret#a", "password"),
        ("POSTGRESQL://anna:@h/db#a", "password"),
    ],
)
def test_an_address_of_a_database_holds_a_table_and_no_password(address, told):
    fault = database_fault(address)
    assert (fault is None) if told is None else (told in fault[0])
