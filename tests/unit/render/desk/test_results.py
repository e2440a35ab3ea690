"""A finished run, read from its folder."""

import pytest

from tesoma_geo.errors import InputError
from tesoma_geo.render.desk.results import Results


@pytest.mark.parametrize("content", [None, "", "[]", "{}", '{"parameters": 3}'])
def test_a_folder_without_a_run_is_refused(tmp_path, content):
    if content is not None:
        (tmp_path / "summary.json").write_text(content or "{", encoding="utf-8")
        (tmp_path / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="holds no results of a run"):
        Results.read(tmp_path)
