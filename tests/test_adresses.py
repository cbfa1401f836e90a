"""Every address of the portal, walked as nobody and as each profile, with and without a share.

One table says who gets through; everybody else must find nothing (404), and nobody at all must sign in first.
A route that is not in the table fails the test: a new address is a decision about who may read it.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from dossiers.situations.actions import commencer
from dossiers.situations.catalogue import SITUATIONS
from dossierunique.notifications.models import Notification
from dossierunique.notifications.sortie import vider
from partners.models import CampagneRevue, Depart, LigneRevue, Succession
from tests import fabriques
from tests.acces import (
    AVEC_DOSSIERS,
    COMPTE,
    FERMEE,
    GUICHETS,
    LECTEURS,
    PARTENAIRES,
    PERSONNAGES,
    PUBLIQUE,
    TOUS,
    Regle,
    poste,
)
from tests.annuaire.adresses import TABLE as TABLE_ANNUAIRE
from tests.annuaire.adresses import arguments as arguments_annuaire
from tests.documentation.adresses import TABLE as TABLE_DOCUMENTATION
from tests.documentation.adresses import arguments as arguments_documentation
from tests.opex.adresses import TABLE as TABLE_OPEX
from tests.opex.adresses import arguments as arguments_opex

pytestmark = pytest.mark.django_db

TABLE: dict[str, Regle] = {
    # home, lists, search
    "accueil": PUBLIQUE,
    "recherche": Regle(TOUS),
    "espace_correspondant": Regle("Cc"),
    # ready lists; those begun on the dossier are its unit's
    **{f"situations:{nom}": Regle("Cc") for nom in ("lire", "pdf", "commencer", "toutes")},
    **{f"situations:{nom}": Regle("C") for nom in ("du_dossier", "liste")},
    **{f"situations:{nom}": poste("C") for nom in ("cocher", "terminer", "abandonner", "rouvrir")},
    "situations:noter": poste("C", 422),
    "dossiers:liste": Regle(AVEC_DOSSIERS),
    "dossiers:par_nir": poste(AVEC_DOSSIERS, 422),
    # a dossier
    "dossiers:apercu": Regle(LECTEURS),
    "dossiers:demandes": Regle(LECTEURS),
    "dossiers:pieces": Regle(LECTEURS),
    "dossiers:courriers": Regle(LECTEURS),
    "dossiers:histoire": Regle(LECTEURS),
    "dossiers:contributions": Regle("GMSUAEO"),
    "dossiers:acces": Regle("GD"),
    "dossiers:releve": Regle("GD"),
    "dossiers:synthese": Regle("GMSUAEO"),
    # Unéo may not see the NIR in these tests, the ASD and the CNMSS may
    "dossiers:reveler_nir": poste("GNAE", 200),
    # opening
    "ouverture:depart": Regle(GUICHETS + "c"),
    "ouverture:identite": Regle(GUICHETS + "c", 302),
    "ouverture:consentement": Regle(GUICHETS, (200, 302)),
    "ouverture:formulaire": poste(GUICHETS, 200),
    # the number of the person of these tests is definitive
    "ouverture:nir_definitif": Regle(""),
    # consents
    "consentements:detail": Regle("CGSD"),
    "consentements:enregistrer": Regle(GUICHETS),
    "consentements:retirer": Regle("CGUAEOD"),
    "consentements:formulaire": poste(GUICHETS, 200),
    "consentements:preuve": Regle("", autres=404),
    "consentements:recu": Regle("CGS"),
    "consentements:verifier": Regle("G"),
    # the usual consent has no scan
    "consentements:page_de_preuve": Regle(""),
    "preuves:corbeille": Regle("G"),
    "retraits:par_nir": Regle("CcGUuAEOoD"),
    "retraits:fait": Regle("CcGUuAEOoD", 302),
    "retraits:recu": Regle(""),
    "textes:liste": Regle("CcGSD"),
    "textes:nouveau": Regle("D"),
    "qui_voit_quoi": PUBLIQUE,
    **dict.fromkeys(
        (
            "mentions_legales", "confidentialite", "accessibilite", "contact", "plan_du_site", "security_txt",
        ),
        PUBLIQUE,
    ),
    "qui_voit_quoi_pdf": PUBLIQUE,
    # demandes
    "demandes:corbeille": Regle("CcGNMS"),
    "demandes:creer": Regle(GUICHETS),
    "demandes:ayant_droit": Regle(GUICHETS),
    "demandes:detail": Regle(LECTEURS),
    "demandes:besoin": Regle("C"),
    "demandes:ressources": Regle("C"),
    "demandes:cout": Regle("C"),
    "demandes:pieces": Regle("C"),
    "demandes:recapitulatif": Regle("C"),
    "demandes:depose": Regle(GUICHETS),
    "demandes:dire": Regle(GUICHETS),
    "demandes:abandonner": poste("C"),
    "demandes:demander_pieces": Regle("G"),
    "demandes:declarer_complete": poste("G"),
    "demandes:prendre": poste("G"),
    "demandes:classer": Regle("G"),
    # papers
    "pieces:deposer": Regle("CGN"),
    # this dossier is not of a programme that takes papers without a demande: see tests/opex
    "pieces:deposer_au_dossier": Regle(""),
    "pieces:lire": Regle("GNMSUAEO"),
    "pieces:fichier": Regle("GNMSUAEO"),
    "pieces:apercu": Regle("GNMSUAEO"),
    "pieces:valider": poste("GM"),
    "pieces:rejeter": Regle("GM"),
    "pieces:reclasser": poste("GM", 422),
    "pieces:retirer": poste("C"),
    # the médecin-conseil's avis
    "avis:rendre": Regle("M"),
    "avis:noter": poste("M", 422),
    "avis:demander": Regle("G"),
    "avis:retirer": poste("G"),
    # contributions, decisions, letters
    "contributions:corbeille": Regle("UuAEOo"),
    "contributions:enregistrer": Regle(PARTENAIRES),
    "decisions:enregistrer": Regle("G"),
    "courriers:ouvrir": Regle("CGS"),
    # journal and control of accesses; the manager's profile is not among these people
    # loans; emergency access, on a dossier apart that o opened and c was lent
    "prets:confier": Regle("G"),
    "prets:prolonger": Regle("G"),
    "prets:terminer": poste("Gc"),
    "urgence:demander": Regle("AEOo"),
    "urgence:terminer": poste("o"),
    "urgence:examens": Regle("D"),
    "urgence:examen": Regle("D"),
    "journal": Regle("D"),
    "controle:accueil": Regle("D"),
    "controle:alertes": Regle("D"),
    "controle:alerte": Regle("D"),
    "controle:regles": Regle("D"),
    "controle:regle": Regle("D"),
    "controle:verification": Regle("D"),
    "controle:verifier": poste("D"),
    "controle:mes_agents": Regle("R"),
    # account
    "account_login": Regle(TOUS, 302, anonyme=200),
    "account_logout": Regle(TOUS, 200),
    "account_inactive": PUBLIQUE,
    "account_signup": FERMEE,
    "account_email": FERMEE,
    "account_email_verification_sent": FERMEE,
    # an old link, or a made up one: a page says that it is of no use
    "account_confirm_email": PUBLIQUE,
    "account_set_password": FERMEE,
    "account_reauthenticate": COMPTE,
    "account_change_password": COMPTE,
    "account_reset_password": Regle(TOUS, (200, 302), anonyme=200),
    "account_reset_password_done": Regle(TOUS, (200, 302), anonyme=200),
    "account_reset_password_from_key": Regle(TOUS, (200, 302), anonyme=200),
    "account_reset_password_from_key_done": Regle(TOUS, (200, 302), anonyme=200),
    "account_confirm_login_code": Regle(TOUS, (302, 404), anonyme=302),
    "mfa_index": COMPTE,
    "mfa_authenticate": Regle(TOUS, 302, anonyme=302),
    "mfa_reauthenticate": COMPTE,
    "mfa_activate_totp": COMPTE,
    "mfa_deactivate_totp": Regle(TOUS, (200, 302, 404)),
    "mfa_view_recovery_codes": Regle(TOUS, (302, 404)),
    "mfa_generate_recovery_codes": Regle(TOUS, (200, 302, 404)),
    "mfa_download_recovery_codes": Regle(TOUS, (302, 404)),
    # passkeys: each her own; signing in with one is for nobody yet
    "mfa_list_webauthn": COMPTE,
    "mfa_add_webauthn": COMPTE,
    "mfa_reauthenticate_webauthn": COMPTE,
    "mfa_edit_webauthn": Regle(TOUS, (302, 404)),
    "mfa_remove_webauthn": Regle(TOUS, (302, 404)),
    "mfa_login_webauthn": Regle(TOUS, 302, anonyme=302),
    "sessions_terminer": poste("", autres=404),
    # ProConnect is off in these tests
    "federation:partir": FERMEE,
    "federation:retour": FERMEE,
    "federation:rattacher": poste("", autres=404),
    "federation:confirmer": Regle("", autres=404),
    "federation:detacher": poste(TOUS),
    # drafts: each her own
    "brouillons:garder": poste(TOUS, 400),
    "brouillons:retrouver": poste(TOUS, 200),
    "brouillons:reprendre": Regle(TOUS, 302),
    "brouillons:effacer": poste(TOUS),
    "demo_connexion": poste("", anonyme=404),
    "demo_courriels": FERMEE,
    "ui": FERMEE,
    "demo_courriel": FERMEE,
    "prolonger_session": poste(TOUS, 204),
    "habilitations:choisir": Regle(TOUS),
    # one's own; of another person's, nothing
    "habilitations:miennes": Regle(TOUS),
    "habilitations:demander": Regle(TOUS),
    "habilitations:charte": Regle("c"),
    "habilitations:annuler": poste("c"),
    "habilitations:demander_reprise": poste("c"),
    # the person, her organisme's responsable, the administrator
    "habilitations:depart": Regle("cHR"),
    "habilitations:bilan": Regle("HR"),
    **{f"habilitations:{nom}": Regle("HR") for nom in ("a_decider", "personne", "demande", "mutation", "revue")},
    "habilitations:reprendre": poste("HR"),
    "habilitations:revue_terminer": Regle("HR"),
    "habilitations:equipe": Regle("R"),
    # administration
    **{
        f"administration:{nom}": Regle("H")
        for nom in (
            "accueil", "utilisateurs", "utilisateur_nouveau", "utilisateur", "accorder", "changer", "organismes",
            "organisme", "organisme_modifier", "unites", "unite_nouvelle", "unite", "organisme_renommer", "fusions",
            "fusion_nouvelle", "fusion_annuler", "revues", "revue",
        )
    },
    "administration:utilisateur_inviter": poste("H"),
    # notifications: each her own
    "notifications:liste": Regle(TOUS),
    "notifications:preferences": Regle(TOUS),
    "notifications:tout_lire": poste(TOUS),
    "notifications:ouvrir": Regle("C", 302),
    "notifications:lire": poste("C"),
    # technicians only, whatever their habilitation
    "notifications:envois": Regle(""),
    "notifications:renvoyer": poste(""),
    # health
    "sante_vivant": PUBLIQUE,
    "sante_pret": Regle(TOUS, (200, 503), anonyme=503),
    **TABLE_OPEX,
    **TABLE_ANNUAIRE,
    **TABLE_DOCUMENTATION,
}  # fmt: skip
# Closed without a name of its own: the addresses of allauth that we do not use.
SANS_NOM = 4


def routes(resolveur: URLResolver, espace: str = "") -> Iterator[tuple[str, str]]:
    """(name, pattern) of every address."""
    for motif in resolveur.url_patterns:
        if isinstance(motif, URLResolver):
            yield from routes(motif, f"{espace}{motif.namespace}:" if motif.namespace else espace)
        elif isinstance(motif, URLPattern):
            yield f"{espace}{motif.name}" if motif.name else "", str(motif.pattern)


def test_no_route_is_missing_from_the_table():
    noms = [nom for nom, _ in routes(get_resolver())]
    assert set(noms) - {""} == set(TABLE)
    assert noms.count("") == SANS_NOM


@pytest.fixture
def monde(db):
    """A dossier with one demande filed and one draft, its papers, letters and people, and what addresses need."""
    par = fabriques.habilitation("correspondant")
    dossier = fabriques.dossier(par=par)
    demande = fabriques.demande(dossier, etat="en_completude")
    brouillon = fabriques.demande(dossier, etat="brouillon", type_aide="aide-financiere-sante")
    vider()
    distribution = {}
    for lettre, (profil, options) in PERSONNAGES.items():
        options = {**options}
        if options.get("unites") == "ailleurs":
            options["unites"] = [fabriques.unite("2e-rep")]
        distribution[lettre] = fabriques.habilitation(profil, **options)
    distribution["C"] = par
    notification = Notification.objects.create(
        destinataire=par.utilisateur, genre="piece_deposee", texte="Essai", url="/", cle="essai"
    )
    piece = fabriques.piece(demande, "devis")
    de_brouillon = fabriques.piece(brouillon, "devis")
    a_part = fabriques.dossier(par=par, accordes=(), refuses=())
    pret = {"reference": fabriques.pret(a_part, distribution["c"]).reference}
    bris = {"reference": fabriques.bris_de_glace(a_part, distribution["o"]).reference}
    numero = {"numero": dossier.numero}
    de_demande = {"numero": demande.numero}
    utilisateur = {"pk": distribution["c"].utilisateur_id}
    partie = Depart.objects.create(
        habilitation=fabriques.habilitation("correspondant", etat="close"), nature="depart"
    )
    campagne = CampagneRevue.objects.create(
        annee=2026,
        echeance=timezone.localdate() + timedelta(days=30),
        ouverte_par=distribution["H"].utilisateur,
    )
    ligne = LigneRevue.objects.create(campagne=campagne, habilitation=distribution["c"])
    fusion = Succession.objects.create(
        ancien=fabriques.organisme("mspp"),
        successeur=fabriques.organisme("uneo"),
        effet_le=timezone.localdate() + timedelta(days=30),
        par=distribution["H"],
    )
    du_correspondant = {"pk": distribution["c"].pk}
    liste = commencer(par, dossier, SITUATIONS["premiere-demande"])
    arguments = {
        **arguments_opex(distribution),
        **arguments_annuaire(distribution),
        **arguments_documentation(distribution),
        **{f"situations:{nom}": {"code": liste.situation} for nom in ("lire", "pdf", "commencer")},
        **{f"situations:{nom}": {"reference": liste.reference}
           for nom in ("liste", "cocher", "noter", "terminer", "abandonner", "rouvrir")},
        "situations:du_dossier": numero,
        **{f"habilitations:{nom}": du_correspondant for nom in (
            "charte", "annuler", "demander_reprise", "depart", "personne", "demande", "mutation", "reprendre",
        )},
        "habilitations:bilan": {"pk": partie.habilitation_id}, "habilitations:revue_terminer": {"pk": ligne.pk},
        "administration:revue": {"annee": 2026}, "administration:organisme_renommer": {"code": "uneo"},
        **{nom: numero for nom in TABLE if nom.startswith(("dossiers:", "consentements:"))},
        **{nom: de_demande for nom in TABLE if nom.startswith(("demandes:", "contributions:", "decisions:", "avis:"))},
        **{nom: {"reference": piece.reference} for nom in TABLE if nom.startswith("pieces:")},
        **{f"demandes:{nom}": {"numero": brouillon.numero}
           for nom in ("besoin", "ressources", "cout", "pieces", "recapitulatif", "abandonner")},
        "dossiers:liste": {}, "dossiers:par_nir": {}, "demandes:corbeille": {}, "contributions:corbeille": {},
        "demandes:creer": numero, "demandes:ayant_droit": numero,
        "pieces:deposer_au_dossier": numero, "pieces:deposer": de_demande,
        "pieces:retirer": {"reference": de_brouillon.reference},
        "pieces:apercu": {"reference": piece.reference, "page": 1},
        **{f"consentements:{nom}": {**numero, "pk": dossier.consentements.first().pk}
           for nom in ("preuve", "recu", "verifier")},
        "consentements:page_de_preuve": {**numero, "pk": dossier.consentements.first().pk, "page": 1},
        "ouverture:consentement": {"reference": dossier.assure.reference},
        "ouverture:formulaire": {"reference": dossier.assure.reference},
        "ouverture:nir_definitif": {"reference": dossier.assure.reference},
        "prets:confier": numero, "prets:prolonger": pret, "prets:terminer": pret,
        "urgence:terminer": bris, "urgence:examen": bris,
        "courriers:ouvrir": {"reference": demande.courriers.get(genre="accuse_reception").reference},
        "administration:utilisateur": utilisateur, "administration:utilisateur_inviter": utilisateur,
        "administration:accorder": utilisateur,
        "administration:changer": {"pk": distribution["c"].pk, "geste": "suspendre"},
        "administration:organisme": {"code": "uneo"}, "administration:organisme_modifier": {"code": "uneo"},
        "administration:unite": {"code": "1er-rpima"}, "administration:fusion_annuler": {"pk": fusion.pk},
        "notifications:ouvrir": {"numero": notification.pk}, "notifications:lire": {"numero": notification.pk},
        "notifications:renvoyer": {"numero": 1},
        "mfa_edit_webauthn": {"pk": 1}, "mfa_remove_webauthn": {"pk": 1},
        "brouillons:reprendre": {"reference": piece.reference}, "brouillons:effacer": {"reference": piece.reference},
        "demo_connexion": {"identifiant": "gestionnaire"}, "demo_courriel": {"nom": "essai"},
        "controle:alerte": {"pk": fabriques.alerte(distribution["c"]).pk}, "controle:regle": {"code": "rafale"},
        "account_confirm_email": {"key": "abc"}, "account_reset_password_from_key": {"uidb36": "1", "key": "abc-def"},
    }  # fmt: skip
    return distribution, {nom: reverse(nom, kwargs=arguments.get(nom, {})) for nom in TABLE}


# Few worlds, for each takes seconds to make: every person finds hers as the one before her found it.
GROUPES = (["", *"CcGN"], [*"MSpbU"], [*"uAEOo"], [*"HDVR"])


def test_everybody_walks():
    assert sorted(lettre for groupe in GROUPES for lettre in groupe) == sorted(["", *PERSONNAGES])


@pytest.mark.parametrize("lettres", GROUPES, ids="".join)
def test_every_address_lets_through_whom_the_table_says(lettres, monde):
    ecarts = {}
    for lettre in lettres:
        with transaction.atomic():
            ecarts[lettre] = _parcourir(lettre, *monde)
            transaction.set_rollback(True)
    assert {qui: ecart for qui, ecart in ecarts.items() if ecart} == {}


def _parcourir(lettre: str, distribution, adresses) -> list[str]:
    client = Client()
    if lettre:
        utilisateur = distribution[lettre].utilisateur
        client.force_login(utilisateur, backend="partners.comptes.backends.Comptes")
    session = client.cookies.copy()
    ecarts = []
    # What changes the state of the demande comes last.
    for nom in sorted(TABLE, key=lambda n: (TABLE[n].methode == "post", n)):
        obtenus = _statuts(client, session, TABLE[nom], adresses[nom])
        attendus = _attendus(lettre, TABLE[nom])
        if obtenus[0] not in attendus or not set(obtenus[1:]) <= {302, 404, 405}:
            ecarts.append(f"{nom} : {obtenus}, attendu {attendus}")
    return ecarts


def _statuts(client: Client, session, regle: Regle, adresse: str) -> list[int]:
    """The status of the method of the table; and of a GET, which must do nothing, where only POST is meant."""
    client.cookies = session.copy()
    methodes = ["post", "get"] if regle.methode == "post" else ["get"]
    return [getattr(client, methode)(adresse).status_code for methode in methodes]


def _attendus(lettre: str, regle: Regle) -> tuple[int, ...]:
    if regle == FERMEE:
        return (404,)
    attendu = regle.anonyme if not lettre else regle.statut if lettre in regle.qui else regle.autres
    return attendu if isinstance(attendu, tuple) else (attendu,)
