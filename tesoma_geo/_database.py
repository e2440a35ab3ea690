"""Connections to PostgreSQL, and what may be said of those that fail."""

import re
from typing import Any

from tesoma_geo._extras import require
from tesoma_geo._redaction import HIDDEN, secrets_of, without_secrets
from tesoma_geo.errors import TesomaError

#: Schemes of addresses of databases.
SCHEMES = ("postgresql", "postgres")


def connected(address: str, error: type[TesomaError], remedy: str) -> Any:
    """Connect to a database.

    Parameters
    ----------
    address
        ``postgresql://user@host/database`` or ``postgresql:///?service=name``; the password comes from ``PGPASSWORD``,
        ``~/.pgpass`` or the service file.
    error
        What is raised where that fails.
    remedy
        What to do then.

    Returns
    -------
    psycopg.Connection
        Committing at once outside transactions.

    Raises
    ------
    TesomaError
        ``error``: no connection, told without secrets and user; psycopg is not installed.
    """
    psycopg = require("psycopg", extra="postgis")
    try:
        return psycopg.connect(address, autocommit=True)
    except psycopg.ProgrammingError:  # its words quote what they stumble over, a password too
        raise error(f"{without_secrets(address)} is no address of a database", remedy) from None
    except psycopg.OperationalError as trouble:
        said = without_user(str(trouble).strip(), trouble.pgconn)
        if any(secret in said for secret in secrets_of(address)):
            said = "the server cannot be reached, or refuses"
        raise error(f"no connection to {shown_address(address)} ({said})", remedy) from None


def without_user(said: str, connection: Any) -> str:
    """What a server said, without the user: it may come from the environment or a service file, in no address.

    Parameters
    ----------
    said
        In whatever language the server speaks.
    connection
        Of libpq, as psycopg has it beside its errors (``pgconn``); None where none was begun.

    Returns
    -------
    str
        The user's name hidden wherever it stands as a word.
    """
    user = "" if connection is None else (connection.user or b"").decode(errors="replace")
    return re.sub(rf"(?<!\w){re.escape(user)}(?!\w)", HIDDEN, said) if user else said


def shown_address(address: str) -> str:
    """An address as it may be shown.

    Parameters
    ----------
    address
        Of a database.

    Returns
    -------
    str
        Without user, password and parameters that are not known to be harmless.
    """
    return without_secrets(address).replace(f"{HIDDEN}@", "")
