"""Every type of page, for the profile that works on it: what the accessibility tests open and the captures show."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dossiers.demonstration.catalogue import MOT_DE_PASSE
from tests.navigateur import gestes, pages_annuaire, pages_documentation, pages_opex
from tests.navigateur.demonstration import Demonstration
from tests.navigateur.postes import Poste

# Where the addresses come from: (the account that reads it, the state of the demande) → a rich example.
DEMANDE = """
SELECT d.numero, ds.numero FROM dossiers_demande d JOIN dossiers_dossier ds ON ds.id = d.dossier_id
JOIN dossiers_partage p ON p.dossier_id = ds.id AND p.retire_le IS NULL
JOIN partners_habilitation h ON (h.organisme_id = p.organisme_id OR EXISTS (
  SELECT FROM partners_habilitation_unites hu WHERE hu.habilitation_id = h.id AND hu.unite_id = p.unite_id))
JOIN partners_utilisateur u ON u.id = h.utilisateur_id
WHERE u.username = %s AND d.etat = %s
  AND (%s = '' OR EXISTS (SELECT FROM dossiers_justificatif j WHERE j.demande_id = d.id AND j.etat = %s))
ORDER BY (SELECT count(*) FILTER (WHERE c.montant > 0) FROM dossiers_contribution c WHERE c.demande_id = d.id) DESC,
  (SELECT count(*) FROM dossiers_courrier co WHERE co.demande_id = d.id) DESC,
  (SELECT count(*) FROM dossiers_evenement e WHERE e.demande_id = d.id) DESC, d.id LIMIT 1
"""
PIECE = """
SELECT j.reference::text FROM dossiers_justificatif j JOIN dossiers_demande d ON d.id = j.demande_id
JOIN dossiers_type_piece t ON t.id = j.type_id WHERE d.numero = %s AND t.classe <> 'medical' AND j.etat = %s
ORDER BY t.ordre LIMIT 1
"""
ONGLETS = ("", "demandes/", "pieces/", "courriers/", "histoire/")


@dataclass(frozen=True)
class Ecran:
    """A page: its short name, and how to come to it."""

    nom: str
    ouvrir: Callable[[Poste], object]


def _adresse(nom: str, chemin: str) -> Ecran:
    return Ecran(nom, lambda poste: poste.aller(chemin))


def _adresses(**chemins: str) -> list[Ecran]:
    return [_adresse(nom, chemin) for nom, chemin in chemins.items()]


def confirmer(poste: Poste) -> None:
    """Prove again who one is, before what is sensitive."""
    poste.aller("/compte/reauthenticate/")
    poste.page.locator("input[type=password]").fill(MOT_DE_PASSE)
    gestes.continuer(poste.page, "Continuer")


def _apres_preuve(**chemins: str) -> list[Ecran]:
    """The question, what it opens."""
    return [
        _adresse("preuve_recente", "/compte/reauthenticate/"),
        Ecran("securite_apres_preuve", lambda poste: (confirmer(poste), poste.aller("/compte/2fa/"))),
        *_adresses(**chemins),
    ]


def _liens(**etapes: tuple[str, ...]) -> list[Ecran]:
    """Pages whose address is found on another one: where to start, which links to follow."""
    return [Ecran(nom, lambda poste, etape=etape: _suivre(poste, *etape)) for nom, etape in etapes.items()]


def demande(demo: Demonstration, compte: str, etat: str, piece: str = "") -> tuple[str, str]:
    """Numbers of a demande in this state that the account reads, and of its dossier."""
    (numeros,) = demo.lignes(DEMANDE, compte, etat, piece, piece)
    return numeros


def publiques(demo: Demonstration) -> list[Ecran]:
    """Before signing in."""
    return _adresses(
        public="/", connexion="/compte/login/", mot_de_passe="/compte/password/reset/", perdue="/nulle-part/",
        qui_voit_quoi="/qui-voit-quoi/", mentions="/mentions-legales/", confidentialite="/confidentialite/",
        accessibilite="/accessibilite/", contact="/contact/", plan="/plan-du-site/", composants="/ui/",
        **pages_documentation.publiques(demo),
    )  # fmt: skip


def correspondant(demo: Demonstration) -> list[Ecran]:
    """The unit's pages: opening, writing, following."""
    suivie, dossier = demande(demo, "correspondant", "incomplete")
    redaction, _ = demande(demo, "correspondant", "brouillon")
    return [
        *_adresses(
            accueil="/", espace="/espace-correspondant/",
            situation="/espace-correspondant/situations/naissance-difficile/",
            situation_pour="/espace-correspondant/situations/naissance-difficile/commencer/?q=mar",
            situations=f"/dossiers/{dossier}/situations/", listes="/espace-correspondant/listes/",
            dossiers="/dossiers/", sans_resultat="/dossiers/?q=zzz", recherche="/recherche/?q=mar",
            corbeille="/demandes/", notifications="/notifications/", preferences="/notifications/preferences/",
            dossier=f"/dossiers/{dossier}/", demande=f"/demandes/{suivie}/",
            deposer=f"/demandes/{suivie}/pieces/deposer/", depose=f"/demandes/{suivie}/depose/",
            dire=f"/demandes/{suivie}/dire/",
            nouvelle=f"/dossiers/{dossier}/demandes/nouvelle/", consentement=f"/dossiers/{dossier}/consentement/",
            ayant_droit=f"/dossiers/{dossier}/ayants-droit/nouveau/",
            consentement_nouveau=f"/dossiers/{dossier}/consentement/enregistrer/",
            retrait=f"/dossiers/{dossier}/consentement/retirer/", securite="/compte/2fa/",
            confirmer="/compte/reauthenticate/", mot_de_passe="/compte/password/change/",
            cles="/compte/2fa/webauthn/", retrait_guichet="/retraits/", textes="/consentements/textes/",
            qui_voit_quoi="/qui-voit-quoi/?programme=DU", mes_habilitations="/habilitation/miennes/",
            habilitation_organisme="/habilitation/demander/", habilitation="/habilitation/demander/?organisme=terre",
        ),
        *_liens(
            liste=("/espace-correspondant/listes/", "main tbody a"),
            depart=("/habilitation/miennes/", "main a[href$='/depart/']"),
            charte=("/habilitation/miennes/", "main a[href$='/charte/']"),
        ),
        *_apres_preuve(cle_nouvelle="/compte/2fa/webauthn/add/", application="/compte/2fa/totp/activate/"),
        *(_adresse(f"saisie_{etape}", f"/demandes/{redaction}/{etape}/")
          for etape in ("besoin", "ressources", "cout", "pieces", "recapitulatif")),
        _adresse("ouverture", "/ouverture/"),
        Ecran("ouverture_erreur", lambda poste: _chercher(poste, gestes.NIR[:-2] + "00")),
        Ecran("ouverture_identite", lambda poste: _chercher(poste, gestes.nir_neuf(950))),
        Ecran("ouverture_consentement", lambda poste: gestes.saisir_identite(poste.page)),
        Ecran("ouverture_sans", lambda poste: poste.page.get_by_role("link", name="sans partage").click()),
        *_adresses(**pages_opex.correspondant(demo), **pages_documentation.lecteur(demo)),
    ]  # fmt: skip


def _chercher(poste: Poste, nir: str) -> None:
    poste.aller("/ouverture/")
    gestes.chercher_personne(poste, nir)
    poste.page.locator(".champ__erreur, #id_nom_naissance").first.wait_for()


def gestionnaire(demo: Demonstration) -> list[Ecran]:
    """The CNMSS's pages."""
    a_verifier, dossier = demande(demo, "gestionnaire", "en_completude", "a_verifier")
    instruite, riche = demande(demo, "gestionnaire", "en_instruction")
    notifiee, _ = demande(demo, "gestionnaire", "notifiee")
    piece = demo.une(PIECE, a_verifier, "a_verifier")
    return [
        *_adresses(
            accueil="/", dossiers="/dossiers/", corbeille="/demandes/?voir=toutes", demande=f"/demandes/{a_verifier}/",
            demande_instruite=f"/demandes/{instruite}/", demande_notifiee=f"/demandes/{notifiee}/",
            demander_pieces=f"/demandes/{a_verifier}/demander-pieces/", classer=f"/demandes/{a_verifier}/classer/",
            decision=f"/demandes/{instruite}/decision/", piece=f"/pieces/{piece}/",
            dossier_simple=f"/dossiers/{dossier}/", contributions=f"/dossiers/{riche}/contributions/",
            consentement=f"/dossiers/{riche}/consentement/", acces=f"/dossiers/{riche}/acces/",
            preuves="/consentements/a-confirmer/", confier=f"/dossiers/{riche}/confier/?q=dupont",
            demander_avis=f"/demandes/{instruite}/avis/demander/",
            demande_avis=f"/demandes/{demande(demo, 'gestionnaire', 'avis_rendu')[0]}/",
        ),
        *_liens(preuve=("/consentements/a-confirmer/", "main tbody a")),
        *(_adresse(f"dossier_{onglet.strip('/') or 'apercu'}", f"/dossiers/{riche}/{onglet}") for onglet in ONGLETS),
        *_adresses(**pages_opex.gestionnaire(demo), **pages_documentation.redacteur(demo)),
        Ecran("documentation_apercu", pages_documentation.previsualiser),
        Ecran("documentation_abandonner", pages_documentation.abandonner),
        *_liens(
            opex_annees=("/opex/recensement/", "main thead a"), opex_exercice=("/opex/recensement/", "main tbody a"),
            opex_tableau=("/opex/recensement/", "main tbody a", "main a[href*='/armee-']"),
        ),
    ]  # fmt: skip


def uneo(demo: Demonstration) -> list[Ecran]:
    """A partner's pages."""
    numero, dossier = demande(demo, "uneo", "en_instruction")
    return [
        *_adresses(
            accueil="/", corbeille="/contributions/?voir=toutes", demande=f"/demandes/{numero}/",
            contribution=f"/demandes/{numero}/contribution/", dossier=f"/dossiers/{dossier}/",
            retrait=f"/dossiers/{dossier}/consentement/retirer/", **pages_annuaire.lecteur(demo),
        ),
        Ecran("retrait_fait", _retirer_au_guichet),
    ]  # fmt: skip


def _retirer_au_guichet(poste: Poste) -> None:
    """For somebody who has no dossier: the answer is the same."""
    page = poste.aller("/retraits/")
    page.locator("#id_nir").fill(gestes.nir_neuf(951))
    page.locator("#id_naissance").fill(gestes.NAISSANCE)
    page.get_by_role("checkbox", name=re.compile("devant moi")).check()
    gestes.continuer(page, "Enregistrer le retrait")
    gestes.titre(page, "Le retrait est enregistré")


def medecin(demo: Demonstration) -> list[Ecran]:
    """The medical adviser's."""
    numero, dossier = demande(demo, "medecin", "avis_demande")
    return _adresses(
        accueil="/", corbeille="/demandes/", demande=f"/demandes/{numero}/", dossier=f"/dossiers/{dossier}/",
        avis=f"/demandes/{numero}/avis/",
    )  # fmt: skip


def asd(demo: Demonstration) -> list[Ecran]:
    """The social worker's: her contributions, and an emergency."""
    return [
        *_adresses(accueil="/", dossiers="/dossiers/"),
        *_apres_preuve(urgence="/acces-urgence/"),
        Ecran("urgence_dossier", lambda poste: gestes.lire_en_urgence(poste.page, demo.une(gestes.FERME))),
        *_liens(
            urgence_demandes=("/acces-urgence/", "main .ligne-urgence a", ".onglets a[href$='/demandes/']"),
            urgence_mienne=("/acces-urgence/",),
        ),
    ]


def suppleant(demo: Demonstration) -> list[Ecran]:
    """A correspondant to whom dossiers are lent."""
    return [*_adresses(dossiers="/dossiers/"), *_liens(pret=("/dossiers/", "main .liste-simple a"))]


def responsable(demo: Demonstration) -> list[Ecran]:
    """An organisme's own people."""
    return [
        *_adresses(
            accueil="/", equipe="/habilitation/equipe/", a_decider="/habilitation/a-decider/",
            revue="/habilitation/revue/", acces_agents="/acces-de-mes-agents/", **pages_annuaire.responsable(demo),
        ),
        Ecran("annuaire_colonnes", pages_annuaire.deposer),
        Ecran("annuaire_liste", lambda poste: gestes.continuer(poste.page, "Essayer la liste")),
        *_liens(
            personne=("/habilitation/equipe/", "main tbody a"),
            demande=("/habilitation/a-decider/", "main tbody a"),
        ),
        *_apres_preuve(),
        *_liens(
            terminer=("/habilitation/revue/", "main tbody a"),
            mutation=("/habilitation/equipe/", "main tbody a", "main a[href$='/mutation/']"),
            demander_pour=("/habilitation/equipe/", "main tbody a", "main a[href*='personne=']"),
            depart=("/habilitation/equipe/", "main tbody a", "main a[href$='/depart/']"),
        ),
    ]  # fmt: skip


def secretaire(demo: Demonstration) -> list[Ecran]:
    """The secretary's."""
    return _adresses(accueil="/", corbeille="/demandes/", **pages_documentation.relectrice(demo))


def superviseur(demo: Demonstration) -> list[Ecran]:
    """Statistics alone."""
    return _adresses(accueil="/", recensement="/opex/recensement/")


def opex(demo: Demonstration) -> list[Ecran]:
    """Those who follow the wounded."""
    return _adresses(**pages_opex.referent(demo))


def president(demo: Demonstration) -> list[Ecran]:
    """No sitting to read yet: where to go meanwhile, and the visit."""
    return [
        *_adresses(accueil="/"),
        Ecran("visite", pages_documentation.visiter),
        Ecran("visite_en_pause", pages_documentation.ailleurs),
        Ecran("visite_finie", pages_documentation.finir),
    ]


def dpo(demo: Demonstration) -> list[Ecran]:
    """The journal, the alerts, the emergencies, the texts of the consent, and who read a dossier."""
    _, dossier = demande(demo, "gestionnaire", "en_instruction")
    return [
        *_adresses(
            accueil="/", controle="/controle/", alertes="/controle/alertes/", journal="/controle/journal/",
            journal_vide="/controle/journal/?numero=DU-1999-0000001-A", verification="/controle/verification/",
            regles="/controle/regles/", acces=f"/dossiers/{dossier}/acces/",
            consentement=f"/dossiers/{dossier}/consentement/", urgences="/acces-urgence/examens/?voir=tous",
            textes="/consentements/textes/", texte="/consentements/textes/nouveau/?programme=DU",
        ),
        *_liens(
            alerte=("/controle/alertes/?etat=a_examiner", "main tbody a"),
            alerte_en_examen=("/controle/alertes/?etat=en_examen", "main tbody a"),
            urgence=("/acces-urgence/examens/", "main tbody a"),
            urgence_examinee=("/acces-urgence/examens/?voir=justifies", "main tbody a"),
        ),
        *_apres_preuve(regle="/controle/regles/nuit/", regle_des_listes="/controle/regles/listes/"),
    ]  # fmt: skip


def admin(demo: Demonstration) -> list[Ecran]:
    """Accounts and habilitations."""
    return [
        *_adresses(
            accueil="/", administration="/administration/", utilisateurs="/administration/utilisateurs/"
        ),
        *_adresses(
            organismes="/administration/organismes/",
            unites="/administration/unites/",
            fusions="/administration/fusions/",
            renommer="/administration/organismes/mspp/renommer/",
            a_decider="/habilitation/a-decider/",
            revues="/administration/revues/",
            revue="/habilitation/revue/",
        ),
        *_liens(
            utilisateur=("/administration/utilisateurs/", "main tbody a"),
            utilisateur_nouveau=("/administration/utilisateurs/", "main a.bouton--fort"),
            organisme=("/administration/organismes/", "main tbody a"),
            unite=("/administration/unites/", "main tbody a"),
            demande=("/habilitation/a-decider/", "main tbody a"),
            avancement=("/administration/revues/", "main tbody a"),
        ),
        *_apres_preuve(fusion="/administration/fusions/nouvelle/"),
        *_liens(
            accorder=("/administration/utilisateurs/", "main tbody a", "main .bandeau a.bouton--fort"),
            changer=("/administration/utilisateurs/", "main tbody a", "main a[href$='/suspendre/']"),
        ),
        Ecran("fusion_apercu", _apercu_de_fusion),
        Ecran("fusion_a_annuler", _fusion_a_annuler),
        Ecran("fusions_annulee", _annuler_la_fusion),
        _adresse("courriels", "/demo/courriels/"),
        Ecran("courriel", lambda poste: _suivre(poste, "/demo/courriels/", "main li a, main tbody a")),
    ]


def _suivre(poste: Poste, chemin: str, *liens: str) -> None:
    poste.aller(chemin)
    for lien in liens:
        poste.page.locator(lien).first.click()
        poste.page.wait_for_load_state()


def _apercu_de_fusion(poste: Poste) -> None:
    page = poste.aller("/administration/fusions/nouvelle/")
    page.get_by_role("checkbox", name=re.compile("MSPP")).check()
    page.locator("#id_successeur").select_option(
        page.locator("#id_successeur option", has_text="Unéo").inner_text()
    )
    page.locator("#id_effet_le").fill("2099-01-01")
    gestes.continuer(page, "Voir ce qui changera")


def _fusion_a_annuler(poste: Poste) -> None:
    gestes.continuer(poste.page, "Décider la fusion")
    _suivre(poste, "/administration/fusions/", "main a[href$='/annuler/']")


def _annuler_la_fusion(poste: Poste) -> None:
    poste.page.locator("#id_motif").fill("Réforme reportée")
    gestes.continuer(poste.page, "Annuler la fusion")
    poste.page.get_by_text("Réforme reportée").wait_for()


PROFILS: dict[str, Callable[[Demonstration], list[Ecran]]] = {
    "": publiques, "correspondant": correspondant, "gestionnaire": gestionnaire, "uneo": uneo, "medecin": medecin,
    "secretaire": secretaire, "superviseur": superviseur, "president": president, "dpo": dpo, "admin": admin,
    "asd": asd, "opex": opex, "correspondant2": suppleant, "responsable": responsable,
}  # fmt: skip


def ouvrir_tous(demo: Demonstration, compte: str, poste: Poste) -> Iterator[str]:
    """Open the pages of a profile one after the other, and give their names."""
    for ecran in PROFILS[compte](demo):
        ecran.ouvrir(poste)
        yield ecran.nom
