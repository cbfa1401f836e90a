"""The dry run of a list: what each line would do, in the user's words, and nothing done."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from dossiers.assures.models import CONTEXTE_NIR, AncienNir, Assure
from dossiers.assures.recherche import peut_ouvrir_pour
from dossiers.partages.models import Dossier
from dossierunique.mots import simplifier
from dossierunique.securite import crypto
from dossierunique.securite.identite import systeme
from opex.imprimes.lecture_ligne import LigneLue, lire_ligne
from opex.imprimes.models import LotImport
from opex.suivi.etats import EtatSuivi
from partners.models import Habilitation
from partners.organismes.models import Programme

NOUVELLE, OUVRIR, VERSION, REFUSEE = "nouvelle", "ouvrir", "version", "refusee"
CONSTATS = {
    NOUVELLE: "Personne nouvelle\u00a0: son dossier OPEX sera ouvert.",
    OUVRIR: "Personne connue\u00a0: son dossier OPEX sera ouvert.",
    VERSION: "A déjà un dossier OPEX\u00a0: une nouvelle version y sera ajoutée.",
    REFUSEE: "À corriger\u00a0: cette ligne ne sera pas reprise.",
}
AUTRE_UNITE = "Elle est rattachée à une autre unité, qui garde son dossier."
RESERVEE = (
    "Cette personne est déjà connue, suivie par une autre unité ou par la caisse\u00a0: demandez à la caisse de vous "
    "confier son dossier."
)
DISCORDANTE = (
    "Le NIR et la date de naissance ne vont pas ensemble\u00a0: relisez-les. S’ils sont exacts, adressez-vous à la "
    "caisse."
)
AUTRE_NOM = "Ce NIR est celui d’une personne enregistrée sous un autre nom\u00a0: relisez-le."
# By the provisional number that she bore and by the definitive one.
MEME_PERSONNE = "Même personne que la ligne {} de la liste."
DECEDEE = "Le dossier dit que cette personne est décédée."


@dataclass
class Constatation:
    """What a line would do, and to whom; `message` when it may not."""

    constat: str
    message: str = ""
    assure: Assure | None = None
    dossier: Dossier | None = None


@dataclass
class Verdict:
    """The report of a list, and the lines that may be taken over."""

    rapport: list[dict[str, Any]] = field(default_factory=list)
    dossiers: list[str] = field(default_factory=list)


def contenu(lot: LotImport) -> dict[str, Any]:
    """The headings and the numbered lines of a list, deciphered; nothing once it is emptied."""
    return json.loads(lot.lignes) if lot.lignes else {"titres": [], "lignes": []}


def lire_lot(
    lot: LotImport,
) -> tuple[dict[int, LigneLue], dict[int, list[dict[str, str]]]]:
    """The lines well understood, and the errors of the others, by number."""
    lues: dict[int, LigneLue] = {}
    erreurs: dict[int, list[dict[str, str]]] = {}
    deja: dict[str, int] = {}
    for numero, cellules in contenu(lot)["lignes"]:
        ligne, fautes = lire_ligne(numero, cellules, lot.colonnes)
        if ligne and ligne.nir.valeur in deja:
            message = f"Même NIR que la ligne {deja[ligne.nir.valeur]} de la liste."
            fautes = [{"champ": "NIR", "message": message}]
        if fautes or ligne is None:
            erreurs[numero] = fautes
            continue
        deja[ligne.nir.valeur] = numero
        lues[numero] = ligne
    return lues, erreurs


def verifier_lot(habilitation: Habilitation, lot: LotImport) -> Verdict:
    """One entry a line, in the order of the list; never a NIR in it."""
    lues, erreurs = lire_lot(lot)
    constatees = constater_lignes(habilitation, list(lues.values()))
    verdict = Verdict()
    for numero in sorted(lues.keys() | erreurs.keys()):
        if numero in erreurs:
            entree = {"ligne": numero, "constat": REFUSEE, "erreurs": erreurs[numero]}
        else:
            entree = _entree(numero, constatees[numero], lot)
            if constatees[numero].dossier and constatees[numero].constat == VERSION:
                verdict.dossiers.append(entree["dossier"])
        verdict.rapport.append(entree)
    return verdict


def _entree(numero: int, constatee: Constatation, lot: LotImport) -> dict[str, Any]:
    erreurs = [{"champ": "NIR", "message": constatee.message}] if constatee.message else []
    entree: dict[str, Any] = {"ligne": numero, "constat": constatee.constat, "erreurs": erreurs}
    if constatee.constat == VERSION and constatee.dossier:
        entree["dossier"] = constatee.dossier.numero
    if constatee.assure and constatee.assure.unite_id != lot.unite_id:
        entree["autre_unite"] = True
    return entree


def constater_lignes(habilitation: Habilitation, lignes: Sequence[LigneLue]) -> dict[int, Constatation]:
    """What may be said of the person of each line, by its number; as many questions however long the list."""
    empreintes = {ligne.numero: crypto.empreinte(ligne.nir.valeur, CONTEXTE_NIR) for ligne in lignes}
    with systeme("recherche-nir"):
        # Known or not is asked of everybody's files; what may be said of it follows.
        par_empreinte = _connues(list(empreintes.values()))
        ouverts = Dossier.objects.filter(programme=Programme.OPEX, assure__in=par_empreinte.values())
        dossiers = {dossier.assure_id: dossier for dossier in ouverts.select_related("suivi")}
    lisibles = Dossier.objects.filter(pk__in=[d.pk for d in dossiers.values()]).visibles_par(habilitation)
    visibles = set(lisibles.values_list("pk", flat=True))
    resultat: dict[int, Constatation] = {}
    deja: dict[int, int] = {}
    for ligne in lignes:
        assure = par_empreinte.get(bytes(empreintes[ligne.numero]))
        dossier = dossiers.get(assure.pk) if assure else None
        constatee = _constater(habilitation, ligne, assure, dossier, visibles)
        if constatee.assure and deja.setdefault(constatee.assure.pk, ligne.numero) != ligne.numero:
            constatee = Constatation(REFUSEE, MEME_PERSONNE.format(deja[constatee.assure.pk]))
        resultat[ligne.numero] = constatee
    return resultat


def _connues(empreintes: list[bytes]) -> dict[bytes, Assure]:
    """The persons of these numbers, by the one that they bear or by the provisional one that they bore."""
    anciens = AncienNir.objects.filter(nir_empreinte__in=empreintes).select_related("assure")
    connues = {bytes(ancien.nir_empreinte): ancien.assure for ancien in anciens}
    for assure in Assure.objects.filter(nir_empreinte__in=empreintes):
        connues[bytes(assure.nir_empreinte)] = assure
    return connues


def _constater(
    habilitation: Habilitation,
    ligne: LigneLue,
    assure: Assure | None,
    dossier: Dossier | None,
    visibles: set[int],
) -> Constatation:
    """The rules of a search by NIR (dossiers.assures.recherche), for a line."""
    if assure is None:
        return Constatation(NOUVELLE)
    if assure.date_naissance != ligne.naissance:
        return Constatation(REFUSEE, DISCORDANTE)
    atteinte = dossier.pk in visibles if dossier else peut_ouvrir_pour(habilitation, assure)
    if not atteinte:
        return Constatation(REFUSEE, RESERVEE)
    if not _meme_nom(assure, ligne):
        return Constatation(REFUSEE, AUTRE_NOM)
    if dossier and dossier.suivi.etat == EtatSuivi.DECEDE:
        return Constatation(REFUSEE, DECEDEE)
    return Constatation(VERSION if dossier else OUVRIR, "", assure, dossier)


def _meme_nom(assure: Assure, ligne: LigneLue) -> bool:
    connus = {simplifier(assure.nom_naissance), simplifier(assure.nom_usage)} - {""}
    dits = {simplifier(ligne.nom), simplifier(ligne.textes.get("nom_usage", ""))} - {""}
    return bool(connus & dits)


def bonnes(rapport: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines that may be taken over."""
    return [entree for entree in rapport if entree["constat"] != REFUSEE]


def refusees(rapport: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines that were not, or will not be."""
    return [entree for entree in rapport if entree["constat"] == REFUSEE or entree.get("fait") == REFUSEE]
