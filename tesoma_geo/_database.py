"""Connections to PostgreSQL, and what may be said of those that fail."""

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
        ``error``: no connection, told without secrets; psycopg is not installed.
    """
    psycopg = require("psycopg", extra="postgis")
    try:
        return psycopg.connect(address, autocommit=True)
    except psycopg.ProgrammingError:  # its words quote what they stumble over, a password too
        raise error(f"{without_secrets(address)} is no address of a database", remedy) from None
    except psycopg.OperationalError as trouble:
        said = str(trouble).strip()
        if any(secret in said for secret in secrets_of(address)):
            said = "the server cannot be reached, or refuses"
        raise error(f"no connection to {shown_address(address)} ({said})", remedy) from None


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
