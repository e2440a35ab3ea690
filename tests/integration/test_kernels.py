"""Kernels kept on disk: used again, and compiled anew where what is kept names a class that is gone."""

import os
import subprocess
import sys

KERNEL = """
from typing import NamedTuple
import numpy as np
from tesoma_geo._kernels import Int64, kernel


class {name}(NamedTuple):
    values: Int64


@kernel
def total(table: {name}) -> int:
    return table.values.sum()


print(total({name}(np.arange(4))), sum(total.stats.cache_hits.values()))
"""


def run(folder, name):
    (folder / "summed.py").write_text(KERNEL.format(name=name), encoding="utf-8")
    path = os.pathsep.join([str(folder), *sys.path])
    done = subprocess.run(
        [sys.executable, "-c", "import summed"], env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_a_kernel_is_kept_and_compiled_anew_where_its_classes_have_other_names(tmp_path):
    assert run(tmp_path, "Before") == ["6", "0"]
    assert run(tmp_path, "Before") == ["6", "1"]
    assert run(tmp_path, "After") == ["6", "0"]
    assert run(tmp_path, "After") == ["6", "1"]
