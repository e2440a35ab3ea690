"""Values in entries of the cache."""

from tesoma_geo._pickles import read_pickle, write_pickle


def test_a_value_is_read_as_it_was_written(tmp_path):
    value = {"pages": {"index.html": b"<p>page</p>"}, "minutes": (1.5, None)}
    write_pickle(tmp_path, value)
    assert read_pickle(tmp_path) == value
