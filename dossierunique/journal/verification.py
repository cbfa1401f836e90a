"""Recomputing the journal: every seal, every row, and the name of what does not agree."""

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connections
from django.utils import timezone

from dossierunique.journal.empreintes import CLES, EPOQUE, MICRO, cachet, microsecondes
from dossierunique.journal.models import NatureSceau
from dossierunique.journal.sceaux import CHAMPS, LIRE, Entree, Lue, entrees, lire, signer
from dossierunique.securite.identite import systeme
from dossierunique.securite.trousseau import trousseau

NOMMEES = 500

FICHES = "SELECT id, nature, fait_le, de, a, nombre, empreinte, precedent, signature, cle FROM journal_sceau"
D_UN_SCEAU = LIRE + " WHERE sceau = %s AND quand BETWEEN %s AND %s"
EN_ATTENTE = LIRE + " WHERE sceau IS NULL ORDER BY quand, id LIMIT %s"
HORS_SCEAU = """
SELECT l.id, l.quand, l.sceau FROM journal_ligne l
WHERE l.sceau IS NOT NULL AND l.quand >= %s
  AND NOT EXISTS (SELECT FROM journal_sceau s WHERE s.id = l.sceau AND l.quand BETWEEN s.de AND s.a)
ORDER BY l.quand, l.id LIMIT %s
"""
# The instant is part of the mark: two rows with one mark have one instant, and the key of the table finds them.
COPIES = """
SELECT (array_agg(id ORDER BY id))[1], (array_agg(id ORDER BY id))[2:], quand FROM journal_ligne
WHERE quand >= %s AND marque IS NOT NULL GROUP BY quand, marque HAVING count(*) > 1 LIMIT %s
"""
ATTENTE_MAX = 100_000


@dataclass(frozen=True)
class Anomalie:
    """What does not agree, and where."""

    genre: str
    message: str
    ligne: int | None = None
    sceau: int | None = None


@dataclass
class Rapport:
    """What a verification read and found; at most NOMMEES anomalies are named, all are counted."""

    debut: datetime = field(default_factory=timezone.now)
    sceaux: int = 0
    lignes: int = 0
    reprises: int = 0
    tete: int = 0
    tete_signature: bytes = b""
    nombre: int = 0
    anomalies: list[Anomalie] = field(default_factory=list)
    vues: set[int] = field(default_factory=set, repr=False)

    @property
    def sain(self) -> bool:
        """Whether nothing was found."""
        return self.nombre == 0

    @property
    def cachet(self) -> str:
        """The head of the chain in letters: what is kept outside."""
        return cachet(self.tete_signature) if self.tete else ""

    def noter(self, genre: str, message: str, ligne: int | None = None, sceau: int | None = None) -> None:
        """Add an anomaly; a row is named once, by the first thing found of it."""
        if ligne is not None and ligne in self.vues:
            return
        if ligne is not None:
            self.vues.add(ligne)
        self.nombre += 1
        if len(self.anomalies) < NOMMEES:
            self.anomalies.append(Anomalie(genre, message, ligne, sceau))


def verifier(depuis: datetime | None = None, ancres: Iterable[tuple[int, str]] = ()) -> Rapport:
    """Recompute the whole chain, and the rows sealed since `depuis` (all of them by default).

    `ancres`: (number, letters) of seals noted outside of the database; they must still be what they were.
    """
    rapport = Rapport()
    with systeme("verifier-journal"):
        with connections["default"].cursor() as curseur:
            curseur.execute("SET LOCAL statement_timeout = 0")
            curseur.execute("SELECT pg_advisory_xact_lock_shared(hashtext('journal_purge'))")
        fiches = list(_fiches())
        _chaine(rapport, fiches)
        _ancres(rapport, fiches, ancres)
        _lignes(rapport, fiches, depuis)
        _hors_des_sceaux(rapport, depuis)
        _en_attente(rapport)
    return rapport


def _fiches() -> Iterator[dict[str, Any]]:
    noms = [nom for nom in CHAMPS if nom != "lignes"]
    with connections["default"].cursor() as curseur:
        curseur.execute(f"{FICHES} ORDER BY id")
        for valeurs in curseur.fetchall():
            yield dict(zip(noms, valeurs, strict=True))


def _chaine(rapport: Rapport, fiches: list[dict[str, Any]]) -> None:
    numero, precedent = 0, b""
    for fiche in fiches:
        if fiche["id"] != numero + 1:
            _manquants(rapport, numero + 1, fiche["id"] - 1)
        elif bytes(fiche["precedent"]) != precedent:
            rapport.noter(
                "chaine",
                f"Sceau {fiche['id']} : il ne suit pas le sceau {numero} tel qu’il est.",
                sceau=fiche["id"],
            )
        if not signature_juste(fiche):
            rapport.noter(
                "sceau_altere",
                f"Sceau {fiche['id']} : sa signature n’est pas la bonne.",
                sceau=fiche["id"],
            )
        numero, precedent = fiche["id"], bytes(fiche["signature"])
    rapport.sceaux, rapport.tete, rapport.tete_signature = len(fiches), numero, precedent


def _manquants(rapport: Rapport, premier: int, dernier: int) -> None:
    quoi = (
        f"Sceau {premier} : il manque"
        if premier == dernier
        else f"Sceaux {premier} à {dernier} : ils manquent"
    )
    rapport.noter("sceau_manquant", f"{quoi} dans la chaîne.", sceau=premier)


def signature_juste(fiche: dict[str, Any]) -> bool:
    """Whether a seal bears the signature of what it says."""
    if fiche["cle"] not in trousseau(CLES):
        return False
    return hmac.compare_digest(signer(fiche), bytes(fiche["signature"]))


def _ancres(rapport: Rapport, fiches: list[dict[str, Any]], ancres: Iterable[tuple[int, str]]) -> None:
    signatures = {fiche["id"]: bytes(fiche["signature"]) for fiche in fiches}
    for numero, lettres in ancres:
        if numero not in signatures:
            message = f"Sceau {numero} : il a été noté à l’extérieur, et n’existe plus."
        elif cachet(signatures[numero]) != lettres:
            message = f"Sceau {numero} : il n’est plus celui qui a été noté à l’extérieur."
        else:
            continue
        rapport.noter("ancre", message, sceau=numero)


def _lignes(rapport: Rapport, fiches: list[dict[str, Any]], depuis: datetime | None) -> None:
    purges = [
        (microsecondes(f["de"]), microsecondes(f["a"]))
        for f in fiches
        if f["nature"] == NatureSceau.PURGE and signature_juste(f)
    ]
    for fiche in fiches:
        if fiche["nature"] != NatureSceau.PURGE and (depuis is None or fiche["a"] >= depuis):
            _un_sceau(rapport, fiche, purges)


def _un_sceau(rapport: Rapport, fiche: dict[str, Any], purges: list[tuple[int, int]]) -> None:
    numero = fiche["id"]
    with connections["default"].cursor() as curseur:
        curseur.execute("SELECT lignes FROM journal_sceau WHERE id = %s", [numero])
        octets = bytes(curseur.fetchone()[0])
    if hashlib.sha256(octets).digest() != bytes(fiche["empreinte"]):
        rapport.noter(
            "sceau_altere", f"Sceau {numero} : la liste de ses lignes a été modifiée.", sceau=numero
        )
        return
    attendues = {entree.id: entree for entree in entrees(octets) if not _purgee(entree.micros, purges)}
    presentes = {ligne.id: ligne for ligne in lire(D_UN_SCEAU, [numero, fiche["de"], fiche["a"]])}
    rapport.lignes += len(presentes)
    if fiche["nature"] == NatureSceau.REPRISE:
        rapport.reprises += len(presentes)
    for ligne in presentes.values():
        _une_ligne(rapport, fiche, ligne, attendues.get(ligne.id))
    _absentes(rapport, numero, [attendues[i] for i in attendues.keys() - presentes.keys()])


def _purgee(micros: int, purges: list[tuple[int, int]]) -> bool:
    return any(de <= micros < a for de, a in purges)


def _une_ligne(rapport: Rapport, fiche: dict[str, Any], ligne: Lue, entree: Entree | None) -> None:
    numero = fiche["id"]
    nom = f"Ligne {ligne.id} du {_instant(ligne.quand)} (sceau {numero})"
    if entree is None:
        rapport.noter("inseree", f"{nom} : ajoutée après le sceau.", ligne.id, numero)
    elif entree.micros != microsecondes(ligne.quand) or not hmac.compare_digest(
        entree.preuve, ligne.preuve(fiche["cle"])
    ):
        rapport.noter("modifiee", f"{nom} : modifiée après le sceau.", ligne.id, numero)
    elif fiche["nature"] != NatureSceau.REPRISE and not ligne.authentique:
        rapport.noter("inseree", f"{nom} : écrite ou modifiée à la main avant le sceau.", ligne.id, numero)


def _absentes(rapport: Rapport, numero: int, manquantes: list[Entree]) -> None:
    if not manquantes:
        return
    with connections["default"].cursor() as curseur:
        curseur.execute(
            "SELECT id, quand FROM journal_ligne WHERE id = ANY(%s)", [[e.id for e in manquantes]]
        )
        ailleurs = dict(curseur.fetchall())
    for entree in sorted(manquantes, key=lambda e: e.id):
        avant = f"Ligne {entree.id} du {_instant_de(entree.micros)} (sceau {numero})"
        if entree.id in ailleurs:
            message = f"{avant} : détachée de son sceau, ou portée au {_instant(ailleurs[entree.id])}."
            rapport.noter("modifiee", message, entree.id, numero)
        else:
            rapport.noter("supprimee", f"{avant} : supprimée.", entree.id, numero)


def _hors_des_sceaux(rapport: Rapport, depuis: datetime | None) -> None:
    debut = depuis or datetime.min.replace(year=1, tzinfo=timezone.get_default_timezone())
    with connections["default"].cursor() as curseur:
        curseur.execute(HORS_SCEAU, [debut, ATTENTE_MAX])
        for numero, quand, sceau in curseur.fetchall():
            message = (
                f"Ligne {numero} du {_instant(quand)} : elle se dit du sceau {sceau}, qui ne la connaît pas."
            )
            rapport.noter("inseree", message, numero, sceau)
        curseur.execute(COPIES, [debut, ATTENTE_MAX])
        for premiere, copies, quand in curseur.fetchall():
            for numero in copies:
                message = f"Ligne {numero} du {_instant(quand)} : copie de la ligne {premiere}."
                rapport.noter("inseree", message, numero)


def _en_attente(rapport: Rapport) -> None:
    """Rows that wait for their seal: written by the application, and not for long."""
    limite = timezone.now() - timedelta(seconds=settings.JOURNAL_SCEAU_RETARD)
    with connections["default"].cursor() as curseur:
        curseur.execute("SELECT EXISTS (SELECT FROM journal_sceau WHERE nature = 'lignes')")
        (commencee,) = curseur.fetchone()
    for ligne in lire(EN_ATTENTE, [ATTENTE_MAX]):
        rapport.lignes += 1
        nom = f"Ligne {ligne.id} du {_instant(ligne.quand)} (sans sceau)"
        if not ligne.authentique and (commencee or ligne.marque):
            rapport.noter("inseree", f"{nom} : écrite ou modifiée à la main.", ligne.id)
        elif ligne.quand < limite:
            rapport.noter("retard", f"{nom} : elle devrait être scellée.", ligne.id)


def _instant(quand: datetime) -> str:
    return timezone.localtime(quand).strftime("%d/%m/%Y à %H:%M:%S")


def _instant_de(micros: int) -> str:
    return _instant(EPOQUE + micros * MICRO)
