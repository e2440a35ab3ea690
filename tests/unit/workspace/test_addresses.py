"""Where the sources of a workspace lie."""

from tesoma_geo.workspace import source_path


def test_addresses_lie_in_a_folder_of_their_own(tmp_path):
    path = source_path(tmp_path / "tesoma.toml", "https://example.org/a b/../../etc/passwd?x=1")
    assert path.parent == tmp_path / "fetched"
    assert "/" not in path.name
