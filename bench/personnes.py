"""The invented people of the bench, as functions of their rank: 1 has the oldest dossier."""

from datetime import date, timedelta

PREMIERE_NAISSANCE = date(1945, 1, 1)
RICHES = 10


def naissance_de(rang: int) -> date:
    """The birth date that goes with the NIR of this rank."""
    return PREMIERE_NAISSANCE + timedelta(days=rang * 7 % 20_000)


def nir_de(rang: int) -> str:
    """A well-formed NIR, different for each rank."""
    corps = f"{1 + rang % 2}{naissance_de(rang):%y%m}75{1 + rang % 989:03d}{1 + rang // 989 % 999:03d}"
    return f"{corps}{97 - int(corps) % 97:02d}"


def rangs_riches(nombre: int) -> list[int]:
    """The dossiers whose page is measured: well filled, and shared with everybody but the reader of the oldest."""
    return [nombre - 100 * i for i in range(RICHES)]
