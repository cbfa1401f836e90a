"""Where the text of an article stands. A published one stays readable while its next version is written.

From « brouillon » back to « publié » nothing new is read: the change being written is given up.
"""

from django.db import models

from dossierunique.etats import Transitions


class EtatArticle(models.TextChoices):
    BROUILLON = "brouillon", "brouillon"
    EN_RELECTURE = "en_relecture", "à relire"
    PUBLIE = "publie", "publié"
    RETIRE = "retire", "retiré"


TRANSITIONS: Transitions = {
    "brouillon": frozenset({"en_relecture", "publie", "retire"}),
    "en_relecture": frozenset({"brouillon", "publie", "retire"}),
    "publie": frozenset({"brouillon", "retire"}),
    "retire": frozenset({"brouillon"}),
}
TONS = {"brouillon": "calme", "en_relecture": "attente", "publie": "accord", "retire": "refus"}
