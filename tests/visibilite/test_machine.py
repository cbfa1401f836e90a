"""Whatever happens to consents, habilitations and exceptions, each sees what a naive model says, through every door."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import settings as reglages
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from dossiers.consentements.actions import enregistrer_consentement, retirer_consentement, texte_en_vigueur
from dossiers.partages import views as pages
from dossiers.partages.verification import ecarts
from partners.habilitations import actions as habilitations
from tests import fabriques
from tests.visibilite import surfaces
from tests.visibilite.modele import IMPRIMENT, LISENT_UN_DEVIS, Agent, Modele

PARTENAIRES = ("asd", "uneo", "mspp")
UNITES = ("1er-rpima", "2e-rep")
DISTRIBUTION = {
    "gestionnaire": Agent("gestionnaire", "cnmss"),
    "dpo": Agent("dpo", "cnmss"),
    "superviseur": Agent("superviseur", "cnmss"),
    "bayonne": Agent("correspondant", "armee", {"1er-rpima"}),
    "calvi": Agent("correspondant", "armee", {"2e-rep"}),
    "deux": Agent("correspondant", "armee", {"1er-rpima", "2e-rep"}),
    "asd": Agent("assistant_social", "asd"),
    "uneo": Agent("partenaire", "uneo"),
    "mspp": Agent("partenaire", "mspp"),
}
MOBILES = ("bayonne", "calvi", "asd", "uneo", "mspp", "gestionnaire")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class QuiVoitQuoi(RuleBasedStateMachine):
    """Random lives of at most two dossiers."""

    def __init__(self):
        super().__init__()
        self.atomique = transaction.atomic()
        self.atomique.__enter__()
        self.modele = Modele()
        self.habilitations, self.clients, self.dossiers, self.pieces, self.nirs = {}, {}, {}, {}, {}
        self.admin = fabriques.habilitation("administrateur")

    def teardown(self):
        transaction.set_rollback(True)
        self.atomique.__exit__(None, None, None)

    @initialize()
    def distribuer(self):
        for nom, agent in DISTRIBUTION.items():
            self.modele.agents[nom] = Agent(agent.profil, agent.organisme, set(agent.unites))
            unites = [fabriques.unite(code) for code in sorted(agent.unites)]
            habilitation = fabriques.habilitation(agent.profil, organisme=agent.organisme, unites=unites)
            self.habilitations[nom] = habilitation
            self.clients[nom] = Client()
            self.clients[nom].force_login(habilitation.utilisateur, backend=BACKEND)

    @precondition(lambda self: len(self.dossiers) < 2)
    @rule(
        unite=st.sampled_from(UNITES), decisions=st.dictionaries(st.sampled_from(PARTENAIRES), st.booleans())
    )
    def ouvrir(self, unite, decisions):
        par = fabriques.habilitation("correspondant", unites=[fabriques.unite(unite)])
        nir = fabriques.nir_valide()
        accordes = tuple(o for o, oui in decisions.items() if oui)
        refuses = tuple(o for o, oui in decisions.items() if not oui)
        dossier = fabriques.dossier(par=par, accordes=accordes, refuses=refuses, nir=nir)
        demande = fabriques.demande(dossier, etat="soumise", par=par)
        self.pieces[dossier.numero] = fabriques.piece(demande, "devis", par=par)
        self.dossiers[dossier.numero], self.nirs[dossier.numero] = dossier, nir
        self.modele.unite[dossier.numero] = unite
        for organisme in decisions:
            self._volonte(dossier.numero, organisme, "accorde" if decisions[organisme] else "refuse")

    def _volonte(self, numero, organisme, mot):
        self.modele.volontes[numero, organisme] = mot
        self.modele.suspendus.discard((numero, organisme))

    def _choisir(self, data):
        return data.draw(st.sampled_from(sorted(self.dossiers)), label="dossier")

    @precondition(lambda self: self.dossiers and self.modele.agents["gestionnaire"].etat == "active")
    @rule(data=st.data(), organisme=st.sampled_from(PARTENAIRES), mot=st.sampled_from(["accorde", "refuse"]))
    def consentir(self, data, organisme, mot):
        numero = self._choisir(data)
        enregistrer_consentement(
            self.habilitations["gestionnaire"], self.dossiers[numero], texte=texte_en_vigueur(),
            signe_le=timezone.localdate(), decisions={fabriques.organisme(organisme).pk: mot},
        )  # fmt: skip
        self._volonte(numero, organisme, mot)

    @precondition(lambda self: self.dossiers and self.modele.agents["gestionnaire"].etat == "active")
    @rule(data=st.data(), tout=st.booleans())
    def retirer(self, data, tout):
        numero = self._choisir(data)
        accordes = [o for o in PARTENAIRES if self.modele.volontes.get((numero, o)) == "accorde"]
        vises = accordes if tout else accordes[:1]
        if not vises:
            return
        retirer_consentement(
            self.habilitations["gestionnaire"], self.dossiers[numero],
            [fabriques.organisme(o) for o in vises], signe_le=timezone.localdate(),
        )  # fmt: skip
        for organisme in vises:
            self._volonte(numero, organisme, "retire")

    @rule(nom=st.sampled_from(MOBILES))
    def suspendre(self, nom):
        if self.modele.agents[nom].etat == "active":
            self.habilitations[nom] = habilitations.suspendre(self.admin, self.habilitations[nom], "absence")
            self.modele.agents[nom].etat = "suspendue"

    @rule(nom=st.sampled_from(MOBILES))
    def reprendre(self, nom):
        if self.modele.agents[nom].etat == "suspendue":
            self.habilitations[nom] = habilitations.reprendre(self.admin, self.habilitations[nom], "retour")
            self.modele.agents[nom].etat = "active"

    @invariant()
    def chacun_voit_ce_que_dit_le_modele(self):
        for nom, client in self.clients.items():
            attendu = self.modele.lus_par(nom)
            assert surfaces.sql(self.habilitations[nom]) == attendu, ("sql", nom)
            assert surfaces.liste(client) == attendu, ("liste", nom)
            assert surfaces.recherche(client, "martin-fictif") == attendu, ("recherche", nom)
            self._adresses(nom, client, attendu)

    def _adresses(self, nom, client, attendu):
        agent = self.modele.agents[nom]
        for vue, permis in (("dossiers:apercu", True), ("dossiers:synthese", agent.profil in IMPRIMENT)):
            adresses = {numero: reverse(vue, args=[numero]) for numero in self.dossiers}
            assert surfaces.ouvertes(client, adresses) == (attendu if permis else set()), (vue, nom)
        papiers = {numero: reverse("pieces:fichier", args=[p.reference]) for numero, p in self.pieces.items()}
        lisibles = attendu if agent.profil in LISENT_UN_DEVIS else set()
        assert surfaces.ouvertes(client, papiers) == lisibles, ("fichier", nom)
        for numero in self.dossiers:
            trouve = surfaces.par_nir(client, self.nirs[numero], "1984-05-14")
            assert trouve == attendu & {numero}, ("nir", nom)

    @invariant()
    def la_verification_ne_trouve_rien(self):
        assert ecarts() == []


@pytest.mark.django_db
def test_everybody_sees_exactly_what_the_model_says(monkeypatch, settings):
    # What is drawn has its own tests; here only who gets it.
    monkeypatch.setattr(pages, "rendre_pdf", lambda *_, **__: b"%PDF-1.7")
    settings.RECHERCHES_NIR_PAR_HEURE = 10_000
    run_state_machine_as_test(
        QuiVoitQuoi,
        settings=reglages(
            max_examples=12, stateful_step_count=8, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
