"""What an operator may change about files, with the defaults of the house."""

from django.conf import settings

MEGAOCTET = 1024 * 1024


def taille_max() -> int:
    """Largest file accepted, in bytes."""
    return getattr(settings, "FICHIER_TAILLE_MAX", 20 * MEGAOCTET)


def requete_max() -> int:
    """Largest sum of the files of one request, in bytes: it is what one upload may hold in memory."""
    return getattr(settings, "FICHIER_REQUETE_MAX", 60 * MEGAOCTET)


def pages_max() -> int:
    """Largest number of pages of one file."""
    return getattr(settings, "FICHIER_PAGES_MAX", 400)


def pixels_max() -> int:
    """Largest image, in pixels: a small file may unfold into gigabytes."""
    return getattr(settings, "FICHIER_PIXELS_MAX", 120_000_000)


def antivirus_url() -> str:
    """Address of clamd (`unix:///…` or `tcp://host:port`), empty when there is none."""
    return getattr(settings, "ANTIVIRUS_URL", "")


def antivirus_exige() -> bool:
    """Whether a file that nobody has scanned stays closed."""
    return getattr(settings, "ANTIVIRUS_EXIGE", False)


def antivirus_delai() -> int:
    """Seconds granted to clamd for one answer."""
    return getattr(settings, "ANTIVIRUS_DELAI", 60)
