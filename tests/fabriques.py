"""Makers of test data, shared by all tests. Dossiers, consents, demandes and papers go through the real actions."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone
from stdnum.fr import nir as stdnum_nir

from dossiers.assures.actions import enregistrer_personne
from dossiers.assures.models import Assure
from dossiers.assures.nir import lire
from dossiers.avis.actions import demander_avis, rendre_avis
from dossiers.commission.actions import decider, notifier_decision
from dossiers.commission.models import Decision
from dossiers.consentements.actions import enregistrer_consentement, ouvrir_dossier, texte_en_vigueur
from dossiers.controle.models import Alerte
from dossiers.demandes import actions as demandes
from dossiers.demandes.models import Demande, TypeAide
from dossiers.exceptions.actions import preter
from dossiers.exceptions.models import BrisDeGlace, Pret
from dossiers.exceptions.urgence import Cible, briser_la_glace
from dossiers.justificatifs.actions import deposer_piece, valider_piece
from dossiers.justificatifs.models import Justificatif, TypePiece
from dossiers.partages.models import Dossier
from dossierunique.fichiers.depot import enregistrer_pdf
from dossierunique.fichiers.exemples import pdf_exemple
from partners.models import Habilitation, Organisme, Unite, Utilisateur

MOT_DE_PASSE = "Essai-2026-suffisant"
ORGANISMES: dict[str, dict[str, Any]] = {
    "cnmss": {"sigle": "CNMSS", "nom": "Caisse nationale militaire de sécurité sociale", "type": "cnmss",
              "programmes": ["DU", "OPEX"], "voit_nir": True, "contributeur": False},
    "asd": {"sigle": "ASD", "nom": "Action sociale de la défense", "type": "asd",
            "programmes": ["DU", "OPEX"], "voit_nir": True},
    "uneo": {"sigle": "Unéo", "nom": "Mutuelle Unéo", "type": "mutuelle", "programmes": ["DU", "OPEX"]},
    "mspp": {"sigle": "MSPP", "nom": "Mutuelle des sapeurs-pompiers de Paris", "type": "mutuelle"},
    "armee": {"sigle": "Terre", "nom": "Armée de Terre", "type": "etat_major",
              "programmes": ["DU", "OPEX"], "contributeur": False},
}  # fmt: skip
ORGANISME_DU_PROFIL = {
    "correspondant": "armee", "partenaire": "uneo", "assistant_social": "asd", "decideur_asd": "asd",
    "referent_opex": "uneo", "responsable": "uneo",
}  # fmt: skip
TOUTES_PIECES = {"complete", "en_instruction", "avis_demande", "avis_rendu", "decidee", "notifiee"}
_rang = count(1)


def organisme(code: str) -> Organisme:
    """One of the usual organismes: cnmss, asd, uneo, mspp, armee."""
    return Organisme.objects.get_or_create(
        code=code, defaults={"depuis": date(2000, 1, 1), **ORGANISMES[code]}
    )[0]


def organismes() -> dict[str, Organisme]:
    """All of them, by code."""
    return {code: organisme(code) for code in ORGANISMES}


def unite(code: str = "1er-rpima") -> Unite:
    """A unit of the army."""
    return Unite.objects.get_or_create(
        code=code,
        defaults={"nom": code.replace("-", " ").upper(), "ville": "Bayonne", "organisme": organisme("armee")},
    )[0]


def utilisateur(**k: Any) -> Utilisateur:
    """A user who may sign in with MOT_DE_PASSE."""
    n = next(_rang)
    champs = {
        "username": f"agent{n}",
        "email": f"agent{n}@exemple.fr",
        "first_name": "Camille",
        "last_name": f"Agent{n}",
    }
    return Utilisateur.objects.create_user(password=MOT_DE_PASSE, **{**champs, **k})


def habilitation(profil: str, **k: Any) -> Habilitation:
    """An active habilitation and its user.

    Arguments: organisme (code or object), unites (list; a correspondant has unite() by default), utilisateur,
    and any field of Habilitation.
    """
    choix = k.pop("organisme", ORGANISME_DU_PROFIL.get(profil, "cnmss"))
    tenu = organisme(choix) if isinstance(choix, str) else choix
    unites = k.pop("unites", [unite()] if profil == "correspondant" else [])
    formation = {"formation_le": date(2026, 1, 5), "charte_signee_le": date(2026, 1, 5)}
    champs = {
        "utilisateur": k.pop("utilisateur", None) or utilisateur(),
        "programmes": [p for p in ("DU", "OPEX") if p in tenu.programmes],
        "etat": "active",
        "debut": date(2026, 1, 6),
        # Used today already: the first request of a day writes that, which no count of queries should see.
        "derniere_utilisation": timezone.localdate(),
        **(formation if profil == "correspondant" else {}),
    }
    creee = Habilitation.objects.create(organisme=tenu, profil=profil, **{**champs, **k})
    creee.unites.set(unites)
    return creee


def nir_valide(
    sexe: str = "F",
    annee: int = 84,
    mois: int = 5,
    departement: str = "83",
    rang: int | None = None,
    commune: int = 61,
) -> str:
    """A NIR of 15 characters with its right key. sexe: H, F, or the first digit itself."""
    premier = {"H": "1", "F": "2"}.get(sexe, sexe)
    # The counter of a whole session goes beyond three digits: it overflows on the commune.
    debord, ordre = divmod(rang or next(_rang), 1000)
    corps = f"{premier}{annee % 100:02d}{mois:02d}{departement}{commune + debord:03d}{ordre:03d}"
    return corps + stdnum_nir.calc_check_digits(corps)


def assure(**k: Any) -> Assure:
    """A person entered by a correspondant. Arguments: par, nir, and any field of Assure."""
    par = k.pop("par", None) or habilitation("correspondant")
    n = next(_rang)
    sexe, naissance = k.pop("sexe", "F"), k.pop("date_naissance", date(1984, 5, 14))
    nir = k.pop("nir", None) or nir_valide(sexe, naissance.year, naissance.month, rang=n % 1000)
    perimetre = par.unites.first() if par.profil == "correspondant" else None
    identite = {
        "nom_naissance": f"Martin-Fictif {n}", "prenoms": "Éloïse Anne", "sexe": sexe, "date_naissance": naissance,
        "lieu_naissance": "La Seyne-sur-Mer", "adresse": "12 rue de l’Église\n83000 Toulon",
        "telephone": "0500000001", "courriel": "", "statut": "activite", "grade": "caporal-chef", "matricule": "",
        "unite": perimetre or unite(), **k,
    }  # fmt: skip
    return enregistrer_personne(par, lire(nir), identite)


def dossier(
    par: Habilitation | None = None,
    accordes: tuple[str, ...] = ("asd", "uneo"),
    refuses: tuple[str, ...] = ("mspp",),
    **k: Any,
) -> Dossier:
    """A dossier opened by a correspondant, with its consent unless no organisme is named. k: fields of assure()."""
    par = par or habilitation("correspondant")
    connus = organismes()
    ouvert = ouvrir_dossier(par, assure(par=par, **k))
    decisions = {connus[c].pk: "accorde" for c in accordes} | {connus[c].pk: "refuse" for c in refuses}
    if decisions:
        enregistrer_consentement(
            par, ouvert, texte=texte_en_vigueur(), signe_le=timezone.localdate(), decisions=decisions
        )
    return ouvert


def demande(dossier: Dossier | None = None, etat: str = "soumise", **k: Any) -> Demande:
    """A demande brought to `etat` by the real actions.

    etat: brouillon, soumise, en_completude, incomplete, complete, en_instruction, avis_demande, avis_rendu,
    decidee or notifiee.
    Arguments: par (who files), gestionnaire, type_aide (code), montant (decision), issue, and fields of the draft.
    """
    dossier = dossier or globals()["dossier"]()
    par = k.pop("par", None) or _deposant(dossier)
    gestionnaire = k.pop("gestionnaire", None)
    decision = {"issue": k.pop("issue", "accord"), "montant": Decimal(k.pop("montant", "360.00"))}
    champs = {
        "type_aide": TypeAide.objects.get(code=k.pop("type_aide", "aide-menagere")),
        "besoin": "Trente heures de ménage par mois après une hospitalisation.",
        "cout": Decimal("720.00"),
        **k,
    }
    creee = demandes.creer_demande(par, dossier, champs)
    if etat == "brouillon":
        return creee
    if etat in TOUTES_PIECES:
        deposer_toutes(creee, par)
    creee = demandes.soumettre(par, creee)
    return creee if etat == "soumise" else _instruire(creee, etat, gestionnaire, decision)


def _instruire(
    creee: Demande, etat: str, gestionnaire: Habilitation | None, decision: dict[str, Any]
) -> Demande:
    gestionnaire = gestionnaire or habilitation("gestionnaire")
    if etat == "en_completude":
        valider_piece(gestionnaire, piece(creee))
    elif etat == "incomplete":
        voulue = TypePiece.objects.get(code="rib")
        demandes.demander_pieces(
            gestionnaire, creee, [(voulue, "")], timezone.localdate() + timedelta(days=15)
        )
    else:
        for deposee in creee.justificatifs.exclude(type__classe="medical"):
            valider_piece(gestionnaire, deposee)
        demandes.declarer_complete(gestionnaire, creee)
        if etat != "complete":
            demandes.prendre_en_instruction(gestionnaire, creee)
        if etat in ("avis_demande", "avis_rendu"):
            _avis(creee, etat, gestionnaire)
        if etat in ("decidee", "notifiee"):
            _decider(creee, etat, gestionnaire, decision)
    return Demande.objects.get(pk=creee.pk)


def _avis(creee: Demande, etat: str, gestionnaire: Habilitation) -> None:
    demander_avis(gestionnaire, creee, "Cette aide est-elle justifiée ?")
    if etat == "avis_rendu":
        creee.refresh_from_db()
        rendre_avis(
            habilitation("medecin"), creee, sens="favorable", motif="Aide justifiée pour six mois.",
            note="Lombalgie chronique, repos prescrit.", version=creee.version,
        )  # fmt: skip


def _decider(creee: Demande, etat: str, gestionnaire: Habilitation, decision: dict[str, Any]) -> None:
    creee.refresh_from_db()
    prise = globals()["decision"](creee, gestionnaire, **decision)
    if etat == "notifiee":
        notifier_decision(prise)


def decision(demande: Demande, par: Habilitation, **k: Any) -> Decision:
    """A decision on a demande that may be decided: an accord of 360 € unless said."""
    champs = {
        "issue": "accord", "montant": Decimal("360.00"), "motif": "Ressources et reste à charge étudiés.",
        "prise_le": timezone.localdate(), "version": demande.version, **k,
    }  # fmt: skip
    return decider(par, demande, **champs)


def _deposant(dossier: Dossier) -> Habilitation:
    auteur = dossier.ouvert_par
    return auteur if auteur.profil in ("correspondant", "gestionnaire") else habilitation("gestionnaire")


def deposer_toutes(creee: Demande, par: Habilitation | None = None) -> list[Justificatif]:
    """File every paper that the aid type requires."""
    requises = creee.type_aide.pieces_requises.filter(obligatoire=True).select_related("type_piece")
    return [piece(creee, requise.type_piece.code, par=par) for requise in requises]


def piece(
    demande: Demande, type_code: str = "avis-imposition", par: Habilitation | None = None
) -> Justificatif:
    """A PDF filed on a demande, open to reading at once."""
    type_piece = TypePiece.objects.get(code=type_code)
    par = par or _deposant(demande.dossier)
    fichier = enregistrer_pdf(pdf(type_piece.nom), nom=f"{type_code}.pdf", cree_par=par)
    return deposer_piece(par, demande, type_piece, fichier)


def pret(dossier: Dossier, a: Habilitation, *, jours: int = 7, par: Habilitation | None = None) -> Pret:
    """A loan of a dossier to an habilitation."""
    return preter(
        par or habilitation("gestionnaire"), dossier, a,
        jusque=timezone.localdate() + timedelta(days=jours), motif="Remplacement pendant un congé.",
    )  # fmt: skip


def bris_de_glace(dossier: Dossier, par: Habilitation) -> BrisDeGlace:
    """A dossier opened in an emergency by somebody who does not read it."""
    briser_la_glace(
        par, Cible(dossier.numero), genre="danger", motif="Appel de la famille, personne introuvable depuis hier."
    )  # fmt: skip
    return BrisDeGlace.objects.vivants().get(dossier=dossier, habilitation=par)


def pdf(titre: str = "Pièce fictive", pages: int = 1) -> bytes:
    """The bytes of a small PDF."""
    return pdf_exemple(titre, ["Document fictif pour les essais."], pages=pages)


def alerte(agent: Habilitation, regle: str = "rafale", **k: Any) -> Alerte:
    """An alert about an agent, to be examined. k: any field of Alerte."""
    maintenant = timezone.now()
    champs = {
        "sujet": f"h{agent.pk}", "utilisateur": agent.utilisateur, "habilitation": agent,
        "organisme_id": agent.organisme_id, "debut": maintenant - timedelta(minutes=next(_rang)), "fin": maintenant,
        "nombre": 40, **k,
    }  # fmt: skip
    return Alerte.objects.create(regle_id=regle, **champs)


def pdf_marque(mot: str) -> bytes:
    """A small PDF that says one word, to find it again."""
    return pdf_exemple("Document", [mot])
