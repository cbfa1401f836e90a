"""What may go wrong with a file, in words for the person in front of the screen."""


class FichierRefuse(Exception):
    """The file cannot be kept; the message, in French, says why and what to do."""

    @property
    def message(self) -> str:
        return str(self)


class FichierAltere(Exception):
    """What the storage gives back is not what was put there: cut, changed, swapped or missing."""


class FichierIndisponible(Exception):
    """The file exists and may not be opened: being analysed, or in quarantine."""
