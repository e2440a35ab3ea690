"""Under which addresses a room is reached, and by whom."""

import ipaddress
import socket
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from tesoma_geo.errors import InputError
from tesoma_geo.workshop.session import RoomKeys

LOOPBACK = "127.0.0.1"
_OWN_NAMES = ("127.0.0.1", "localhost", "::1")
_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - only compared with


@dataclass(frozen=True)
class Door:
    """Where a server listens, and by which addresses it is asked.

    Attributes
    ----------
    bind
        The address that it listens at.
    bases
        Addresses of the room, without a slash at the end; the first is the one to give to others.
    hosts
        Names that requests may have.
    origins
        Origins of pages besides the server's own.
    """

    bind: str
    bases: tuple[str, ...]
    hosts: tuple[str, ...]
    origins: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether other machines reach it."""
        return not (self.bind == "localhost" or ipaddress.ip_address(self.bind).is_loopback)

    def address(self, face: str, key: str) -> str:
        """A page with a key in its fragment, which no server is told and no log keeps.

        Parameters
        ----------
        face
            Of the pages.
        key
            Of the room.

        Returns
        -------
        str
        """
        return f"{self.bases[0]}/{face}#k={key}"


def door_at(bind: str, port: int, public: str | None = None) -> Door:
    """The addresses of a server.

    Parameters
    ----------
    bind
        An address of this machine, or ``0.0.0.0`` for all of them.
    port
        That it listens at.
    public
        The address that a proxy gives it, such as ``https://example.org/charrette``.

    Returns
    -------
    Door

    Raises
    ------
    InputError
        ``bind`` is no address, or ``public`` no address of a web page.
    """
    names = _own_addresses() if bind in _EVERYWHERE else [bind]
    if bind != "localhost":
        try:
            ipaddress.ip_address(bind)
        except ValueError:
            raise InputError(f"{bind!r} is no address", "Give one such as 127.0.0.1 or 0.0.0.0 with --bind") from None
    bases = [f"http://{f'[{name}]' if ':' in name else name}:{port}" for name in names]
    hosts, origins = [*names, *_OWN_NAMES, socket.gethostname().lower()], []
    if public is not None:
        parts = urlsplit(public)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise InputError(f"{public!r} is no address", "Give one such as https://example.org/charrette")
        bases.insert(0, public.rstrip("/"))
        hosts.append(parts.hostname)
        origins.append(f"{parts.scheme}://{parts.netloc}")
    return Door(bind, tuple(bases), tuple(dict.fromkeys(hosts)), tuple(origins))


def door_lines(door: Door, keys: RoomKeys) -> list[str]:
    """What a host has to know: who can reach the room, and by which addresses.

    Parameters
    ----------
    door
        Where the server listens.
    keys
        Of the room.

    Returns
    -------
    list of str
    """
    who = (
        f"Everybody on the networks of this machine can reach it (it listens at {door.bind}); without the words of the "
        "room they see nothing. What is sent is not encrypted: use a network that you trust, or a proxy with https"
        if door.is_open
        else "Only this machine can reach it; for phones in the room give --bind 0.0.0.0, or put a proxy before it"
    )
    return [
        f"Wall:       {door.address('plan', keys.wall)}",
        f"Moderation: {door.address('moderate', keys.host)}",
        f"Phones:     {door.address('join', keys.room)}",
        f"            or {door.bases[0]}/join and the words  {keys.room.replace('-', ' ')}",
        who,
        "Who has the address of moderation can read and erase everything: show it to nobody",
    ]


def _own_addresses() -> list[str]:
    """Addresses of this machine that others may reach, those of the first network card first."""
    addresses: list[str] = []
    for kind, to in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        try:
            with socket.socket(kind, socket.SOCK_DGRAM) as probe:
                probe.connect((to, 9))  # nothing is sent: the system only chooses a way
                addresses.append(probe.getsockname()[0])
        except OSError:
            continue
    with suppress(OSError):
        addresses += [str(entry[4][0]) for entry in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    kept = [name for name in dict.fromkeys(addresses) if not ipaddress.ip_address(name).is_link_local]
    return [name for name in kept if not ipaddress.ip_address(name).is_loopback] or [LOOPBACK]
