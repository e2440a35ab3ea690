"""What every test may ask for."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data of Tampere, which lies beside the checkout and is never committed."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real data of Tampere (../shared/data) is not beside the checkout")
    return folder


@pytest.fixture(scope="session")
def sample_workspace() -> Path:
    """The workspace file of the bundled, made-up district."""
    return ROOT / "layers" / "tesoma.toml"
