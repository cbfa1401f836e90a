"""Open the account of the first administrateur des habilitations: nobody else could give it."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.notifications.courriels import adresse_absolue
from partners.comptes.models import Utilisateur
from partners.comptes.traitements import lien_mot_de_passe
from partners.habilitations.models import EtatHabilitation, Habilitation, Profil
from partners.organismes.models import Organisme, TypeOrganisme


class Command(BaseCommand):
    help = (
        "Ouvre le compte du premier administrateur des habilitations et affiche le lien de son mot de passe."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("identifiant")
        parser.add_argument("courriel")
        parser.add_argument("--prenom", required=True)
        parser.add_argument("--nom", required=True)

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if Habilitation.objects.en_vigueur().filter(profil=Profil.ADMINISTRATEUR).exists():
            raise CommandError(
                "Un administrateur est déjà en fonction : c’est à lui d’ouvrir les autres comptes."
            )
        utilisateur = Utilisateur.objects.create_user(
            options["identifiant"],
            options["courriel"],
            get_random_string(48),
            first_name=options["prenom"],
            last_name=options["nom"],
        )
        habilitation = Habilitation.objects.create(
            utilisateur=utilisateur,
            organisme=caisse(),
            profil=Profil.ADMINISTRATEUR,
            etat=EtatHabilitation.ACTIVE,
            debut=timezone.localdate(),
            motif="premier administrateur, créé par commande",
        )
        journaliser(
            None, Acte.CREER, habilitation.reference, motif="premier administrateur, créé par commande"
        )
        self.stdout.write(adresse_absolue(lien_mot_de_passe(utilisateur)))


def caisse() -> Organisme:
    """The CNMSS, created when the base is still empty."""
    trouvee = Organisme.objects.filter(type=TypeOrganisme.CNMSS).order_by("pk").first()
    return trouvee or Organisme.objects.create(
        code="cnmss",
        sigle="CNMSS",
        nom="Caisse nationale militaire de sécurité sociale",
        type=TypeOrganisme.CNMSS,
        programmes=["DU", "OPEX"],
        voit_nir=True,
        contributeur=False,
        depuis=date(1949, 1, 1),
    )
