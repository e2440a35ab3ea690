"""Whether a store holds what it held: a digest of its rows that nobody without its key can make, or try words on."""

import sqlite3
from contextlib import closing

from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.second_looks import photograph
from tesoma_geo.annotations.store_path import in_database, store_path
from tesoma_geo.annotations.store_seal import damage_of, hash_of_rows
from tesoma_geo.errors import TesomaError
from tesoma_geo.workspace import Workspace

#: What a digest of the key is for; those for other purposes tell nothing of it.
_PURPOSE = "state of the store"


def state_of_store(workspace: Workspace) -> str | None:
    """What is another one after any change of a store: an answer, its moderation, a cohort, a withdrawal, a photograph.

    Parameters
    ----------
    workspace
        With ``moderation.store``.

    Returns
    -------
    str or None
        64 hex digits, an HMAC with the store's own key; empty where there is no store. None where it cannot be told: of
        a database of a server, of a store that is damaged, without its key or being written.
    """
    if in_database(workspace):
        return None
    path = store_path(workspace)
    key_path = path.with_suffix(".key")
    if not path.exists() and not key_path.exists():
        return ""
    try:
        key = Key.read(key_path)
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)) as store:
            if damage_of(store, path):
                return None
            store.execute("BEGIN")  # one state of the file for rows and names
            rows = hash_of_rows(store)
            named = store.execute("SELECT DISTINCT photo FROM annotations WHERE photo IS NOT NULL ORDER BY photo")
            photos = [photograph(str(name), workspace.path.parent) for (name,) in named]
    except (sqlite3.Error, OSError, ValueError, TesomaError):
        return None
    return key.digest(_PURPOSE, rows, *photos).hex()
