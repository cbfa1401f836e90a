"""Who follows the person: choosing a referent, and handing over to another organisme under the same number."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from dossiers.echanges.actions import raconter
from dossiers.echanges.models import Genre
from dossiers.partages.actions import fermer_partage_unite
from dossiers.partages.models import Dossier, Nature, Partage
from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit, Regard
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.notifications.sortie import deposer
from dossierunique.securite.identite import systeme
from opex.suivi.dates import pas_futur
from opex.suivi.etats import DORMANTS
from opex.suivi.models import Echeance, EtatEcheance, Relais, Suivi
from opex.suivi.parcours import SANS_BLESSURE, enregistrer, retenir
from partners.habilitations.models import Profil
from partners.models import Habilitation, Organisme
from partners.organismes.models import Programme

REFERENTS = (Profil.REFERENT_OPEX, Profil.ASSISTANT_SOCIAL, Profil.PARTENAIRE)
A_QUITTE = "la personne a quitté le service"


def lecteurs(dossier: Dossier) -> set[int]:
    """The organismes that read the dossier today by the person's consent."""
    # A partner does not know who else reads: the system looks for it.
    with systeme("relais"):
        partages = Partage.objects.actifs().filter(dossier=dossier, nature=Nature.CONSENTEMENT)
        return set(partages.values_list("organisme", flat=True))


def referents(dossier: Dossier, organismes: set[int]) -> QuerySet[Habilitation]:
    """The people in force who may follow a wounded person, in those of these organismes that read her dossier."""
    possibles = Habilitation.objects.en_vigueur().filter(
        organisme__in=organismes & lecteurs(dossier),
        profil__in=REFERENTS,
        programmes__contains=[Programme.OPEX],
    )
    return possibles.select_related("utilisateur", "organisme").order_by(
        "organisme__sigle", "utilisateur__last_name", "pk"
    )


def referents_possibles(regard: Regard, dossier: Dossier, suivi: Suivi) -> QuerySet[Habilitation]:
    """Who may be chosen: the holder's people; without a holder, the fund chooses among all the readers, a partner at
    home: the others would tell it who reads (rule 8).
    """
    if suivi.porteur_id:
        return referents(dossier, {suivi.porteur_id})
    return referents(dossier, lecteurs(dossier) if regard.est_cnmss else {regard.habilitation.organisme_id})


@transaction.atomic
def choisir_referent(
    habilitation: Habilitation, dossier: Dossier, referent: Habilitation, *, version: int
) -> Suivi:
    """Name who follows the person; her organisme becomes the holder when there is none.

    Raises ActionRefusee when it is not somebody of the holder, in force, whose organisme reads the dossier.
    """
    regard = exiger(habilitation, Droit.SUIVRE, dossier)
    suivi = retenir(dossier, version)
    _eveille(suivi)
    if not referents_possibles(regard, dossier, suivi).filter(pk=referent.pk).exists():
        raise ActionRefusee("Cette personne ne peut pas suivre ce dossier.", "referent")
    if suivi.referent_id == referent.pk:
        raise ActionRefusee("Cette personne suit déjà le dossier.", "referent")
    avant = suivi.referent_id
    enregistrer(suivi, porteur=suivi.porteur or referent.organisme, referent=referent)
    _reprendre(dossier, suivi, avant)
    raconter(dossier, Genre.SUIVI, habilitation, etat=suivi.etat, referent=referent.pk)
    journaliser(habilitation, Acte.MODIFIER, dossier.numero, details={"geste": "référent", "a": referent.pk})
    return suivi


@transaction.atomic
def passer_relais(
    habilitation: Habilitation,
    dossier: Dossier,
    *,
    vers: Organisme,
    motif: str,
    version: int,
    referent: Habilitation | None = None,
    radie_le: date | None = None,
) -> Relais:
    """Hand the person over to another organisme that she accorded; the number, the story and the open steps stay.

    Arguments: radie_le, the day she left the service: her unit then stops reading, in this transaction.
    Raises ActionRefusee when the organisme does not read the dossier, or when it holds it already.
    """
    exiger(habilitation, Droit.PASSER_RELAIS, dossier)
    pas_futur(radie_le, "radie_le", "La date de départ du service")
    suivi = retenir(dossier, version)
    _eveille(suivi)
    _verifier(dossier, suivi, vers, referent)
    relais = Relais.objects.create(
        dossier=dossier, de=suivi.porteur, vers=vers, referent=referent, motif=motif.strip(), par=habilitation
    )
    avant = suivi.referent_id
    enregistrer(suivi, porteur=vers, referent=referent, radie_le=radie_le or suivi.radie_le)
    _reprendre(dossier, suivi, avant)
    raconter(dossier, Genre.RELAIS, habilitation, organisme=vers, relais=relais.pk)
    if radie_le:
        with systeme("relais"):
            fermer_partage_unite(dossier, A_QUITTE)
    journaliser(
        habilitation, Acte.MODIFIER, dossier.numero, motif=relais.motif,
        details={"geste": "relais", "a": vers.code, "radie_le": radie_le},
    )  # fmt: skip
    return relais


def _eveille(suivi: Suivi) -> None:
    if suivi.etat in DORMANTS:
        raise ActionRefusee(SANS_BLESSURE)


def _verifier(dossier: Dossier, suivi: Suivi, vers: Organisme, referent: Habilitation | None) -> None:
    if vers.pk == suivi.porteur_id:
        raise ActionRefusee(f"{vers.sigle} suit déjà ce dossier.", "vers")
    if vers.pk not in lecteurs(dossier):
        raise ActionRefusee(
            f"{vers.sigle} ne lit pas ce dossier : enregistrez d’abord le consentement de la personne pour cet "
            "organisme, puis passez le relais.",
            "vers",
        )
    if referent and not referents(dossier, {vers.pk}).filter(pk=referent.pk).exists():
        raise ActionRefusee("Cette personne ne travaille pas au suivi dans cet organisme.", "referent")


def _reprendre(dossier: Dossier, suivi: Suivi, avant: int | None) -> None:
    """The open steps follow: who takes over is reminded of them anew, and both are told."""
    Echeance.objects.filter(dossier=dossier, etat=EtatEcheance.A_FAIRE).update(prevenue_le=None)
    donnees = {"dossier": dossier.pk, "avant": avant, "apres": suivi.referent_id, "version": suivi.version}
    deposer("opex.suivi_confie", donnees, f"suivi-{dossier.pk}-{suivi.version}")
