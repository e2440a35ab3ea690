"""The key of a store."""

import pytest

from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.errors import WorkspaceError


def test_a_key_is_made_once(tmp_path):
    path = tmp_path / "some" / "annotations.key"
    assert Key.read_or_create(path) == Key.read_or_create(path) == Key.read(path)
    path.write_text("zz")
    with pytest.raises(WorkspaceError, match="backup"):
        Key.read(path)


def test_purposes_and_parts_give_digests_of_their_own():
    key = Key(b"k" * 32)
    assert len(key.digest("offset", "a", 1)) == 32
    assert (
        len({key.digest(*parts) for parts in [("offset", "a"), ("order", "a"), ("offset", "a", 1), ("offset",)]}) == 4
    )
    assert key.pseudonym("s", "1") != key.annotation("s", "1")


def test_a_key_is_not_shown():
    assert "6b6b" not in repr(Key(b"k" * 32))
    assert "kkkk" not in repr(Key(b"k" * 32))


@pytest.mark.parametrize(("content", "says"), [(None, "is gone"), ("zz", "cannot be read"), ("aa", "1 bytes, not 32")])
def test_a_key_that_is_gone_or_damaged_is_named(tmp_path, content, says):
    path = tmp_path / "store.key"
    if content is not None:
        path.write_text(content)
    with pytest.raises(WorkspaceError, match=says):
        Key.read(path)
