"""The words that stand for a room: short enough to be read out, many enough that nobody guesses them."""

import secrets

#: Short Finnish words without å, ä and ö, none of them like another.
_WORDS = """
aalto ahven aika aita ajatus alku apila arki asema aura auto avain bussi eilen elo ensi hattu hauki helmi
hiekka hiihto hirvi huivi huomen ilma ilta ilves jalka jana joki joutsen juna jousi kaarna kahvi kaiku kaisla
kallio kanto karhu kasvi katto kauppa kello kenno kesti kettu kevyt kirja kissa kivi koivu koti koulu kuiva
kukka kulta kuppi kurki kuu kuusi laituri lampi latu lahja lehti leikki lento liito linna lintu lohi loma
lukko lumi luola luoto maali maja marja matka meri metso mopo muki muna muuri naava nauru neula niemi niitty
norppa numero nuotio oja olki omena onni orava ovi pallo pato pelto peili pihka piha pilvi pirtti polku pouta
puro puisto purje raita ranta rauha reppu risti ruoho ruusu saari salmi sana savu sieni silta sisu soutu sumu
suola susi taivas talo talvi tammi tasku teltta tori tuuli uisko vaahto valo vene vesi viiri villa virta vuori
"""
#: Words of a code.
LENGTH = 3


def words() -> tuple[str, ...]:
    """The words that codes are made of.

    Returns
    -------
    tuple of str
        Each once.
    """
    return tuple(_WORDS.split())


def new_code() -> str:
    """A code for a room.

    Returns
    -------
    str
        Words joined by hyphens.
    """
    return "-".join(secrets.choice(words()) for _ in range(LENGTH))


def plain_code(typed: str) -> str:
    """A code as somebody types it, in the form that it is compared in.

    Parameters
    ----------
    typed
        Words with anything between them, in capitals or not.

    Returns
    -------
    str
        Small letters, hyphens between the words; at most 64 characters are read.
    """
    return "-".join("".join(sign if sign.isalpha() else " " for sign in typed[:64].casefold()).split())
