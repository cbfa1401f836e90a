"""What an action may answer instead of acting. The views turn it into words beside the form."""


class ActionRefusee(Exception):
    """The rules of the product forbid the act; the message tells the user what to do instead."""

    def __init__(self, message: str, champ: str | None = None) -> None:
        super().__init__(message)
        self.message, self.champ = message, champ


class ModifieDepuis(Exception):
    """Someone else changed the object since the form was shown."""

    def __init__(self, objet: object) -> None:
        super().__init__(str(objet))
        self.objet = objet
