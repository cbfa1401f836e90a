"""The OPEX part of the demo: departures, wounds, a life after, in every state."""

from datetime import date, timedelta
from random import Random

from django.utils import timezone

from dossiers.assures.models import Assure
from dossiers.consentements.models import Consentement, LigneConsentement, TexteConsentement
from dossiers.demonstration.acteurs import DEBUT, Acteurs
from dossiers.demonstration.charger import SUITES
from dossiers.demonstration.consentements import papier, suivre
from dossiers.demonstration.personnes import Foyer
from dossiers.echanges.models import Genre
from dossiers.partages.actions import SEQUENCE
from dossiers.partages.models import Dossier, Nature, Partage
from dossierunique import numeros
from opex.contributions.genres import semer
from opex.demonstration import catalogue, vies
from opex.models import Contrat, Imprime, Operation, PersonneAPrevenir, Proche, Suivi
from opex.recensement.exercices import arreter
from partners.models import Habilitation, Organisme, Utilisateur
from partners.organismes.models import Programme


def creer(acteurs: Acteurs, foyers: list[Foyer], hasard: Random) -> None:
    """Twelve partners of the programme, four operations, some sixty dossiers."""
    _partenaires(acteurs)
    operations = [
        Operation.objects.create(code=code, nom=nom, theatre=theatre, debut=debut, fin=fin)
        for code, nom, theatre, debut, fin in catalogue.OPERATIONS
    ]
    genres = {}
    for code, _ in catalogue.DESTINATAIRES:
        semer(acteurs.organismes[code])
        genres[code] = list(acteurs.organismes[code].genres_opex.order_by("ordre", "pk"))
    texte = TexteConsentement.objects.filter(programme=Programme.OPEX).order_by("-version")[0]
    # People of the first part: each keeps her DU dossier, the two are linked.
    militaires = [f for f in foyers if f.dossier.assure.statut == "activite"]
    hasard.shuffle(militaires)
    suite = iter(militaires)
    for sorte, nombre in (
        ("dormant", catalogue.DORMANTS), ("blesse", catalogue.BLESSES), ("a_posteriori", catalogue.A_POSTERIORI),
        ("decede", catalogue.DECEDES), ("expire", catalogue.EXPIRES),
    ):  # fmt: skip
        for foyer in (next(suite) for _ in range(nombre)):
            operation = _operation(operations, sorte, hasard)
            dossier = _ouvrir(acteurs, foyer, sorte, operation, texte, hasard)
            vies.raconter_la_vie(acteurs, dossier, sorte, operation, genres, hasard)
    arreter()


def _partenaires(acteurs: Acteurs) -> None:
    for code, sigle, nom, genre in catalogue.ORGANISMES:
        acteurs.organismes[code] = Organisme.objects.create(
            code=code, sigle=sigle, nom=nom, type=genre, programmes=catalogue.OPEX, voit_nir=False, contributeur=True,
            depuis=date(2008, 1, 1), courriel=f"contact@{code}.example",
        )  # fmt: skip
    modele = acteurs.habilitations["opex"].utilisateur
    for rang, (code, profil) in enumerate(catalogue.COMPTES, 1):
        utilisateur = Utilisateur.objects.create(
            username=f"{profil}-{code}-opex", first_name="Agent", last_name=f"{code.upper()}-Fictif",
            email=f"{code}-{rang}@demo.example", telephone="05 00 00 00 00", password=modele.password,
        )  # fmt: skip
        acteurs.habilitations[f"{code}-opex"] = Habilitation.objects.create(
            utilisateur=utilisateur, organisme=acteurs.organismes[code], profil=profil, etat="active", debut=DEBUT,
            programmes=acteurs.organismes[code].programmes,
        )  # fmt: skip


def _operation(operations: list[Operation], sorte: str, hasard: Random) -> Operation:
    """Somebody who is about to leave goes where one still goes; old wounds come from anywhere."""
    en_cours = [o for o in operations if o.fin is None]
    return hasard.choice(en_cours if sorte == "dormant" else operations)


def _depart(sorte: str, operation: Operation, hasard: Random) -> date:
    aujourdhui = timezone.localdate()
    if sorte == "dormant":
        return aujourdhui - timedelta(days=hasard.randrange(-20, 120))
    fin = min(operation.fin or aujourdhui, aujourdhui) - timedelta(days=260)
    marge = max((fin - operation.debut).days, 1)
    recents = min(marge, 6 * 365)
    return fin - timedelta(days=hasard.randrange(recents))


def _ouvrir(
    acteurs: Acteurs, foyer: Foyer, sorte: str, operation: Operation, texte: TexteConsentement, hasard: Random
) -> Dossier:
    assure, par = foyer.dossier.assure, foyer.correspondant
    depart = _depart(sorte, operation, hasard)
    ouvert = (
        depart - timedelta(days=hasard.randrange(10, 40)) if sorte != "a_posteriori" else timezone.localdate()
    )
    ouvert_le = min(vies.a_l_heure(ouvert, 9), timezone.now() - timedelta(days=2))
    dossier = Dossier.objects.create(
        numero=numeros.suivant("DU", ouvert_le.year, SEQUENCE), assure=assure, unite=assure.unite,
        programme=Programme.OPEX, ouvert_le=ouvert_le, ouvert_par=par, endormi=sorte in ("dormant", "expire"),
    )  # fmt: skip
    Partage.objects.create(
        dossier=dossier, organisme=acteurs.organismes["cnmss"], nature=Nature.MISSION, depuis=ouvert_le
    )
    Partage.objects.create(dossier=dossier, unite=assure.unite, nature=Nature.UNITE, depuis=ouvert_le)
    dossier.suivi = Suivi.objects.create(
        dossier=dossier, origine="a_posteriori" if sorte == "a_posteriori" else "imprime",
        maj_le=ouvert_le,
    )  # fmt: skip
    vies.noter(dossier, Genre.DOSSIER_OUVERT, par, ouvert_le)
    dossier.depart = depart
    if sorte != "a_posteriori":
        _imprime(acteurs, dossier, operation, hasard)
    _consentir(acteurs, dossier, texte, hasard)
    return dossier


def _imprime(acteurs: Acteurs, dossier: Dossier, operation: Operation, hasard: Random) -> None:
    assure: Assure = dossier.assure
    imprime = Imprime.objects.create(
        dossier=dossier, rang=1, reference=f"IM-DEMO{dossier.pk:04d}", grade=assure.grade, unite=assure.unite,
        base_defense="Base de défense (fictive)", operation=operation, depart_le=dossier.depart,
        retour_le=dossier.depart + timedelta(days=120), adresse=assure.adresse, telephone=assure.telephone,
        signe_le=timezone.localdate(dossier.ouvert_le), signe_a=assure.unite.ville or assure.unite.nom,
        saisi_par=dossier.ouvert_par, saisi_le=dossier.ouvert_le,
    )  # fmt: skip
    PersonneAPrevenir.objects.create(
        imprime=imprime, ordre=1, nom=assure.nom_naissance, prenoms="Dominique", relation="conjoint",
        telephone="06 00 00 00 01",
    )  # fmt: skip
    PersonneAPrevenir.objects.create(
        imprime=imprime, ordre=2, nom=assure.nom_naissance, prenoms="Claude", relation="parent",
        telephone="06 00 00 00 02",
    )  # fmt: skip
    if hasard.random() < 0.6:
        Proche.objects.create(
            imprime=imprime, nom=assure.nom_naissance, prenoms="Alix", date_naissance=date(2018, 6, 1),
            relation="enfant", a_charge=True,
        )  # fmt: skip
    Contrat.objects.create(imprime=imprime, genre="mutuelle", organisme=assure.mutuelle, numero="A-000000")
    Contrat.objects.create(
        imprime=imprime, genre="prevoyance", organisme=acteurs.organismes["tego"], numero="P-000000"
    )
    vies.noter(dossier, Genre.IMPRIME, dossier.ouvert_par, dossier.ouvert_le, imprime=imprime.pk)


def _consentir(acteurs: Acteurs, dossier: Dossier, texte: TexteConsentement, hasard: Random) -> None:
    quand = dossier.ouvert_le + timedelta(minutes=12)
    consentement = Consentement.objects.create(
        dossier=dossier, texte=texte, signe_le=timezone.localdate(quand), preuve=papier(dossier, dossier.ouvert_par),
        enregistre_par=dossier.ouvert_par, enregistre_le=quand,
    )  # fmt: skip
    dossier.accordes = []
    for code, part in catalogue.DESTINATAIRES:
        accorde = hasard.random() < part
        ligne = LigneConsentement.objects.create(
            consentement=consentement, dossier=dossier, organisme=acteurs.organismes[code],
            decision="accorde" if accorde else "refuse", effet_le=quand,
        )  # fmt: skip
        if accorde:
            dossier.accordes.append(code)
            if not dossier.endormi:
                Partage.objects.create(
                    dossier=dossier, organisme=ligne.organisme, nature=Nature.CONSENTEMENT, depuis=quand,
                    consentement_ligne=ligne,
                )  # fmt: skip
    vies.noter(dossier, Genre.CONSENTEMENT, dossier.ouvert_par, quand, consentement=consentement.pk)
    suivre(consentement, acteurs, hasard)


SUITES.append(creer)
