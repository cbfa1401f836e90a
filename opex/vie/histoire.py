"""The words of the OPEX events, and from which level of which nature of data a regard reads each of them."""

from collections.abc import Callable, Mapping
from typing import Any

from dossiers.echanges.faits import Faits, charger
from dossiers.echanges.histoire import Mots, declarer
from dossiers.echanges.models import Evenement, Genre
from dossiers.partages.natures import Donnee, Niveau
from dossiers.partages.profils import Droit, Regard
from opex.contributions.models import ContributionOpex
from opex.imprimes.models import Imprime
from opex.suivi.ayants_cause import AyantCause
from opex.suivi.etats import EtatSuivi
from opex.suivi.models import Blessure, Dapias, EtatDapias, Evolution, Reconnaissance, Relais
from opex.vie.mots import (
    aide_en_bref,
    blessure_en_bref,
    blessure_en_detail,
    periode,
    phrases,
    reunir,
    rythme,
)
from partners.models import Habilitation

Dit = tuple[str, str] | None
# An event says nothing below these levels: the words, and the query of the life of the dossier, stand on it.
SEUILS: dict[str, tuple[Donnee, Niveau]] = {
    Genre.IMPRIME: (Donnee.SUIVI, Niveau.ETAT),
    Genre.BLESSURE: (Donnee.BLESSURE, Niveau.ETAT),
    Genre.BLESSURE_COMPLETEE: (Donnee.BLESSURE, Niveau.ETAT),
    Genre.RECONNAISSANCE: (Donnee.BLESSURE, Niveau.ETAT),
    Genre.EVOLUTION: (Donnee.BLESSURE, Niveau.ETAT),
    Genre.DAPIAS: (Donnee.DAPIAS, Niveau.ETAT),
    Genre.AIDE: (Donnee.AIDE_OPEX, Niveau.CONTENU),
    Genre.AIDE_CORRIGEE: (Donnee.AIDE_OPEX, Niveau.CONTENU),
    Genre.SUIVI: (Donnee.SUIVI, Niveau.ETAT),
    Genre.RELAIS: (Donnee.SUIVI, Niveau.CONTENU),
    Genre.DECES: (Donnee.SUIVI, Niveau.ETAT),
    Genre.AYANT_CAUSE: (Donnee.AYANT_CAUSE, Niveau.ETAT),
}
DE_CONSENTEMENT = frozenset({
    Genre.RETRAIT, Genre.PREUVE_CONFIRMEE, Genre.PREUVE_REJETEE, Genre.PARTAGE_SUSPENDU, Genre.SUCCESSION,
})  # fmt: skip


def genres_lisibles(regard: Regard) -> list[str]:
    """The genres of which this regard may read some event: the others are not even fetched."""
    return sorted(genre for genre in Genre.values if _lisible(genre, regard))


def _lisible(genre: str, regard: Regard) -> bool:
    if genre in SEUILS:
        donnee, seuil = SEUILS[genre]
        return regard.niveau(donnee) >= seuil
    if genre in DE_CONSENTEMENT:
        return regard.peut(Droit.VOIR_CONSENTEMENTS)
    return genre != Genre.DECISION or regard.lit(Donnee.DECISION_EN_COURS)


def _imprime(e: Evenement, faits: Faits, regard: Regard) -> Dit:
    imprime = _objet(e, faits, "imprime")
    if imprime is None:
        return None
    operation = str(imprime.operation) if imprime.operation else ""
    depart = reunir(operation, _absence(imprime))
    return f"a enregistré l’imprimé d’identification, version {imprime.rang}.", depart


def _absence(imprime: Imprime) -> str:
    dates = periode(imprime.depart_le, imprime.retour_le)
    return f"absence {dates}" if dates else ""


def _blessure(e: Evenement, faits: Faits, regard: Regard) -> Dit:
    blessure = _objet(e, faits, "blessure")
    if blessure is None:
        return None
    return f"a signalé une {blessure_en_bref(blessure)}.", blessure_en_detail(blessure, regard)


def _completee(e: Evenement, faits: Faits, regard: Regard) -> Dit:
    blessure = _objet(e, faits, "blessure")
    if blessure is None:
        return None
    return f"a complété la {blessure_en_bref(blessure)}.", blessure_en_detail(blessure, regard)


RECONNAISSANCES: dict[str, str] = {
    Reconnaissance.NON_DEMANDEE: "La demande de reconnaissance de blessure de guerre n’a plus cours : {}.",
    Reconnaissance.DEMANDEE: "La reconnaissance de blessure de guerre est demandée : {}.",
    Reconnaissance.RECONNUE: "Reconnue blessure de guerre : {}.",
    Reconnaissance.REFUSEE: "La reconnaissance de blessure de guerre est refusée : {}.",
}


def _reconnaissance(e: Evenement, faits: Faits, regard: Regard) -> Dit:
    blessure = _objet(e, faits, "blessure")
    if blessure is None:
        return None
    if not regard.lit(Donnee.BLESSURE):
        return f"a mis à jour la {blessure_en_bref(blessure)}.", ""
    return RECONNAISSANCES[e.donnees["reconnaissance"]].format(blessure_en_bref(blessure)), ""


def _evolution(e: Evenement, faits: Faits, regard: Regard) -> Dit:
    evolution = _objet(e, faits, "evolution")
    if evolution is None:
        return None
    if not regard.lit(Donnee.BLESSURE):
        return "a noté une évolution après la blessure.", ""
    quoi = f"{evolution.get_genre_display()} {periode(evolution.depuis, evolution.jusque)}"
    detail = phrases(reunir(evolution.lieu), reunir(evolution.precision))
    if evolution.rayee_le:
        return f"a noté une évolution, rayée depuis : {quoi}.", f"Motif : {evolution.rayee_motif}"
    return f"a noté une évolution : {quoi}.", detail


def _dapias(e: Evenement, faits: Faits, regard: Regard) -> Dit:
    dapias = _objet(e, faits, "dapias")
    if dapias is None:
        return None
    verbe = "a renouvelé" if dapias.precedente_id else "a ouvert"
    if e.donnees.get("etat") == EtatDapias.CLOSE:
        verbe = "a clos"
    if not regard.lit(Donnee.DAPIAS):
        return f"{verbe} une DAPIAS.", ""
    motif = reunir(f"motif : {dapias.motif_fin}") if dapias.motif_fin else ""
    dates = reunir(periode(dapias.depuis, dapias.jusque))
    return f"{verbe} la DAPIAS {dapias.reference}.", phrases(dates, motif)


def _aide(verbe: str) -> Mots:
    def dire(e: Evenement, faits: Faits, regard: Regard) -> Dit:
        aide = _objet(e, faits, "aide")
        if aide is None or (aide.beneficiaire_id and not regard.lit(Donnee.AYANT_CAUSE)):
            return None
        pour = f"pour {aide.beneficiaire}" if aide.beneficiaire else ""
        if aide.beneficiaire_id and not aide.beneficiaire:
            pour = "pour un ayant cause"
        taux = f"taux de {aide.taux:f} %".replace(".", ",") if aide.taux else ""
        detail = reunir(aide.get_etat_display(), rythme(aide), taux, pour)
        return f"{verbe} : {aide_en_bref(aide)}.", phrases(detail, reunir(aide.libelle))

    return dire


SUIVIS: dict[str, str] = {
    EtatSuivi.IDENTIFIE: "Le dossier est en sommeil jusqu’à une blessure.",
    EtatSuivi.ACTIVE: "Le dossier est activé.",
    EtatSuivi.EN_SUIVI: "Le dossier est en suivi.",
    EtatSuivi.EN_VEILLE: "Le dossier passe en veille ; il reste ouvert, sans limite de temps.",
    EtatSuivi.EXPIRE: "La période de l’opération est passée sans blessure : le dossier est expiré.",
    EtatSuivi.RADIE: "La personne a quitté le service sans blessure.",
    EtatSuivi.DECEDE: "Le dossier est désormais celui d’une personne décédée.",
}


def _suivi(e: Evenement, faits: Faits, regard: Regard) -> Dit:
    if "referent" not in e.donnees:
        return SUIVIS[e.donnees["etat"]], ""
    referent = _objet(e, faits, "referent")
    return f"a choisi le référent : {referent.utilisateur}, {referent.organisme.sigle}.", ""


def _relais(e: Evenement, faits: Faits, regard: Regard) -> Dit:
    relais = _objet(e, faits, "relais")
    if relais is None:
        return None
    de = f", après {relais.de.sigle}" if relais.de else ""
    referent = f"référent : {relais.referent.utilisateur}" if relais.referent else ""
    detail = phrases(reunir(referent), reunir(f"motif : {relais.motif}"))
    return f"a passé le relais : {relais.vers.sigle} suit la personne{de}.", detail


def _deces(e: Evenement, faits: Faits, regard: Regard) -> Dit:
    return "a enregistré le décès de la personne.", ""


def _ayant_cause(e: Evenement, faits: Faits, regard: Regard) -> Dit:
    if not regard.lit(Donnee.AYANT_CAUSE):
        return "a enregistré un ayant cause.", ""
    # Each one accords for herself: whoever has no accord finds no row, and hears of nothing.
    ayant = _objet(e, faits, "ayant_cause")
    return ayant and (f"a enregistré un ayant cause : {ayant} ({ayant.get_relation_display()}).", "")


def _objet(e: Evenement, faits: Faits, cle: str) -> Any:
    """What the event speaks of; None when the second lock keeps it from this identity."""
    return faits.autres.get(cle, {}).get(e.donnees[cle])


MOTS: dict[str, Mots] = {
    Genre.IMPRIME: _imprime,
    Genre.BLESSURE: _blessure,
    Genre.BLESSURE_COMPLETEE: _completee,
    Genre.RECONNAISSANCE: _reconnaissance,
    Genre.EVOLUTION: _evolution,
    Genre.DAPIAS: _dapias,
    Genre.AIDE: _aide("a enregistré une aide"),
    Genre.AIDE_CORRIGEE: _aide("a corrigé une aide"),
    Genre.SUIVI: _suivi,
    Genre.RELAIS: _relais,
    Genre.DECES: _deces,
    Genre.AYANT_CAUSE: _ayant_cause,
}
# What hangs on a dossier is fetched apart, never joined to another such table (ADR 5).
LECTURES: dict[str, Callable[[], Any]] = {
    "imprime": lambda: Imprime.objects.select_related("operation"),
    "blessure": lambda: Blessure.objects.all(),
    "evolution": lambda: Evolution.objects.all(),
    "dapias": lambda: Dapias.objects.all(),
    "aide": lambda: ContributionOpex.objects.select_related("organisme", "genre").prefetch_related(
        "beneficiaire"
    ),
    "referent": lambda: Habilitation.objects.select_related("utilisateur", "organisme"),
    "relais": lambda: Relais.objects.select_related("de", "vers", "referent__utilisateur"),
    "ayant_cause": lambda: AyantCause.objects.all(),
}


def _selon_le_seuil(genre: str, mots: Mots) -> Mots:
    def dire(e: Evenement, faits: Faits, regard: Regard) -> Dit:
        return mots(e, faits, regard) if _lisible(genre, regard) else None

    return dire


def _lire(lecture: Callable[[], Any]) -> Callable[[set[int], Regard], Mapping[int, Any]]:
    return lambda cles, regard: lecture().in_bulk(cles)


def brancher() -> None:
    """Give the history its OPEX words and what they speak of."""
    for genre, mots in MOTS.items():
        declarer(genre, _selon_le_seuil(genre, mots))
    for cle, lecture in LECTURES.items():
        charger(cle, _lire(lecture))
