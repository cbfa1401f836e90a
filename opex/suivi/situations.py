"""The ready lists of the OPEX programme, and the facts that tell some of their points done (dossiers/situations)."""

from datetime import datetime

from dossiers.situations import contenus
from dossiers.situations import faits as F
from dossiers.situations import gestes as G
from dossiers.situations.catalogue import Groupe, Point, Situation, declarer
from dossiers.situations.faits import Listes, fournir
from dossiers.situations.models import ListeSituation
from opex.suivi.models import Blessure, Suivi
from partners.organismes.models import Programme

IMPRIME = G.du_dossier("Imprimé", "imprimes:liste")
SIGNALER = G.du_dossier("Signaler une blessure", "suivi:signaler")
SUIVI = G.du_dossier("Blessures et suivi", "suivi:page")
BLESSURE, DECES_ENREGISTRE = "blessure", "deces"

BLESSE = Situation(
    "blesse",
    "Blessé en opération",
    "Ce que l’unité fait dans le portail, des premières heures aux semaines suivantes.",
    (
        Groupe(contenus.AVANT, (
            Point("message", "Le message est sûr : bonne personne, date, théâtre"),
            Point("dossier-sur", "C’est bien son dossier : vérifié deux fois", geste=G.DOSSIER),
            Point("prevenir", "Les personnes à prévenir et les contrats sont lus sur l’imprimé",
                  aide="imprime-d-identification", geste=IMPRIME),
        )),
        Groupe(contenus.DOSSIER, (
            Point("signalee", "La blessure est signalée, avec les mots du message et sans diagnostic",
                  aide="signaler-une-blessure", geste=SIGNALER, fait=BLESSURE),
            Point("choix", "Ses choix sont recueillis : on sait quels organismes voient le dossier",
                  aide="recueillir-le-consentement", geste=G.CONSENTEMENT, fait=F.CONSENTEMENT),
            contenus.PREUVE,
            Point("referent", "Le référent est connu, et joint",
                  aide="suivre-un-blesse", geste=SUIVI),
        )),
        Groupe(contenus.PIECES, (
            Point("recues", "Les pièces que reçoit l’unité sont déposées, le médical à part",
                  aide="bien-numeriser", geste=G.PIECES_DU_DOSSIER),
        )),
        Groupe(contenus.DEMANDE, (
            Point("maison", "Besoin d’une aide à la maison : une demande est faite dans son dossier unique",
                  aide="deposer-une-demande"),
        )),
        Groupe(contenus.ENSUITE, (
            Point("coordonnees", "Adresse ou téléphone nouveaux : le gestionnaire est prévenu"),
            Point("dire", "La personne sait qui la suit et comment le joindre", geste=G.ANNUAIRE),
        )),
    ),
    programme=Programme.OPEX,
    fiche="fiche-blesse",
)  # fmt: skip

DECES = Situation(
    "deces",
    "Décès",
    "Rien ne presse au point de se tromper : un décès enregistré ne s’annule pas.",
    (
        Groupe(contenus.AVANT, (
            Point("prevenue", "La famille a été prévenue par la voie prévue, pas par le portail"),
            Point("reference", "La référence du message ou de l’acte est sous la main"),
            Point("dossier-sur", "C’est bien son dossier : vérifié deux fois", geste=G.DOSSIER),
        )),
        Groupe(contenus.DOSSIER, (
            Point("enregistre", "Le décès est enregistré", aide="famille-et-deces", geste=SUIVI, fait=DECES_ENREGISTRE),
            Point("ayants-cause", "Chaque ayant cause est ajouté, avec son représentant légal s’il en a un",
                  aide="famille-et-deces", geste=SUIVI),
        )),
        Groupe("Les accords de la famille", (
            Point("papiers", "Chaque ayant cause a son papier signé, daté après le décès, pour ses propres accords",
                  aide="famille-et-deces"),
            Point("accords", "Les accords de chacun sont enregistrés, pour lui seul",
                  aide="famille-et-deces", geste=SUIVI),
        )),
        Groupe(contenus.ENSUITE, (
            Point("interlocuteurs", "La famille sait qui appeler dans chaque organisme", geste=G.ANNUAIRE),
            Point("temps", "« Qui voit quoi » est laissé : les accords peuvent attendre, et changer",
                  geste=G.QUI_VOIT_QUOI),
        )),
    ),
    programme=Programme.OPEX,
    fiche="famille-et-deces",
)  # fmt: skip

for _situation in (BLESSE, DECES):
    declarer(_situation)


@fournir
def _du_suivi(listes: Listes) -> dict[int, dict[str, str]]:
    """A wound told since the list began, a death: that they are known, and nothing of what they hold."""
    dossiers = {liste.dossier_id for liste in listes if liste.situation in (BLESSE.code, DECES.code)}
    if not dossiers:
        return {}
    blessures = dict(
        Blessure.objects.filter(dossier__in=dossiers)
        .order_by("dossier_id", "signalee_le")
        .values_list("dossier_id", "signalee_le")
    )
    decedes = set(
        Suivi.objects.filter(dossier__in=dossiers, decede_le__isnull=False).values_list(
            "dossier_id", flat=True
        )
    )
    return {
        liste.pk: {
            **({BLESSURE: "signalée depuis le début de la liste"} if _depuis(blessures, liste) else {}),
            **({DECES_ENREGISTRE: "inscrit au dossier"} if liste.dossier_id in decedes else {}),
        }
        for liste in listes
    }


def _depuis(blessures: dict[int, datetime], liste: ListeSituation) -> bool:
    quand = blessures.get(liste.dossier_id)
    return quand is not None and quand >= liste.ouverte_le
