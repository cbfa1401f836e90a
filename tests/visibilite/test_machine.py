"""Whatever happens to consents, habilitations and exceptions, each sees what a naive model says, through every door."""

import os
from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase
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

from dossiers.consentements import confirmations
from dossiers.consentements.actions import enregistrer_consentement, retirer_consentement, texte_en_vigueur
from dossiers.consentements.models import PreuveAConfirmer
from dossiers.exceptions.actions import terminer_pret
from dossiers.exceptions.models import BrisDeGlace, Pret
from dossiers.exceptions.urgence import terminer_urgence
from dossiers.partages import views as pages
from dossiers.partages.verification import ecarts
from dossierunique.erreurs import ActionRefusee
from dossierunique.notifications.sortie import vider
from dossierunique.securite.identite import systeme
from partners.departs import actions as departs
from partners.habilitations import actions as habilitations
from partners.habilitations import parcours
from partners.models import Habilitation, Organisme
from partners.successions import actions as successions
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
BACKEND = "partners.comptes.backends.Comptes"


class QuiVoitQuoi(RuleBasedStateMachine):
    """Random lives of at most two dossiers."""

    def __init__(self):
        super().__init__()
        self.atomique = transaction.atomic()
        self.atomique.__enter__()
        self.modele = Modele()
        self.habilitations, self.clients, self.dossiers, self.pieces, self.nirs = {}, {}, {}, {}, {}
        self.admin = fabriques.habilitation("administrateur")
        self.responsable = fabriques.habilitation("responsable", organisme="armee")
        self.verificateur = fabriques.habilitation("gestionnaire")
        self.nova = Organisme.objects.create(
            code="nova", sigle="Nova", nom="Nova, mutuelle", type="mutuelle", depuis=date(2026, 1, 1)
        )
        self.partenaires = {code: fabriques.organisme(code) for code in PARTENAIRES}

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
        decisions = {code: oui for code, oui in decisions.items() if code in self.partenaires}
        accordes = tuple(o for o, oui in decisions.items() if oui)
        refuses = tuple(o for o, oui in decisions.items() if not oui)
        dossier = fabriques.dossier(par=par, accordes=accordes, refuses=refuses, nir=nir)
        demande = fabriques.demande(dossier, etat="soumise", par=par)
        self.pieces[dossier.numero] = fabriques.piece(demande, "devis", par=par)
        self.dossiers[dossier.numero], self.nirs[dossier.numero] = dossier, nir
        self.modele.unite[dossier.numero] = unite
        acte = dossier.consentements.first()
        for code, oui in decisions.items():
            self.modele.dire(dossier.numero, code, acte.pk if acte and oui else None)

    def _choisir(self, data):
        return data.draw(st.sampled_from(sorted(self.dossiers)), label="dossier")

    @precondition(lambda self: self.dossiers and self.modele.agents["gestionnaire"].etat == "active")
    @rule(data=st.data(), rang=st.sampled_from(range(3)), mot=st.sampled_from(["accorde", "refuse"]))
    def consentir(self, data, rang, mot):
        numero, (code, organisme) = self._choisir(data), list(self.partenaires.items())[rang]
        acte = enregistrer_consentement(
            self.habilitations["gestionnaire"], self.dossiers[numero], texte=texte_en_vigueur(),
            signe_le=timezone.localdate(), decisions={organisme.pk: mot},
        )  # fmt: skip
        self.modele.dire(numero, code, acte.pk if mot == "accorde" else None)

    @precondition(lambda self: self.dossiers and self.modele.agents["gestionnaire"].etat == "active")
    @rule(data=st.data(), tout=st.booleans())
    def retirer(self, data, tout):
        numero = self._choisir(data)
        lisent = [code for code in self.partenaires if self.modele.partage(numero, code)]
        vises = lisent if tout else lisent[:1]
        if not vises:
            return
        retirer_consentement(
            self.habilitations["gestionnaire"], self.dossiers[numero],
            [self.partenaires[code] for code in vises], signe_le=timezone.localdate(),
        )  # fmt: skip
        for code in vises:
            self.modele.dire(numero, code, None)

    def _preuves(self, **k):
        return PreuveAConfirmer.objects.filter(dossier__in=self.dossiers.values(), **k).order_by("pk")

    @precondition(lambda self: self._preuves(suspendu_le=None).exists())
    @rule()
    def laisser_passer_le_delai(self):
        attente = self._preuves(suspendu_le=None).select_related("dossier").first()
        with systeme("essai"):
            assert confirmations.suspendre(attente)
        self.modele.tomber(attente.pk)

    @precondition(lambda self: self._preuves().exists())
    @rule()
    def rejeter_la_preuve(self):
        acte = self._preuves().first().consentement
        confirmations.rejeter_preuve(self.verificateur, acte, "Le formulaire n’est pas signé.")
        self.modele.tomber(acte.pk)

    @precondition(lambda self: self.modele.agents["calvi"].etat == "active")
    @rule(unite=st.sampled_from(UNITES))
    def muter(self, unite):
        if self.modele.agents["calvi"].unites == {unite}:
            return
        depart = departs.muter(
            self.responsable, self.habilitations["calvi"], [fabriques.unite(unite)], "mutation"
        )
        self.habilitations["calvi"] = parcours.activer(self.admin, depart.suite)
        self.modele.agents["calvi"].unites = {unite}
        # What was lent was lent under the former habilitation.
        self.modele.confies = {(d, n) for d, n in self.modele.confies if n != "calvi"}

    @precondition(lambda self: "mspp" in self.partenaires)
    @rule()
    def fusionner(self):
        successions.decider(self.admin, [self.partenaires.pop("mspp")], self.nova, timezone.localdate())
        while vider():
            pass
        self.partenaires["nova"] = self.nova
        ancienne = self.habilitations["mspp"]
        vivante = Habilitation.objects.en_vigueur().filter(utilisateur=ancienne.utilisateur_id).first()
        self.habilitations["mspp"] = vivante or Habilitation.objects.get(pk=ancienne.pk)
        self.modele.confies = {(d, n) for d, n in self.modele.confies if n != "mspp"}
        self.modele.fusionner("mspp", "nova")

    @precondition(lambda self: self.dossiers and self.modele.agents["gestionnaire"].etat == "active")
    @rule(data=st.data(), nom=st.sampled_from(["calvi", "bayonne", "uneo", "mspp"]))
    def confier(self, data, nom):
        numero, agent = self._choisir(data), self.modele.agents[nom]
        permis = agent.profil == "correspondant" or self.modele.par_partage(nom, numero)
        try:
            fabriques.pret(
                self.dossiers[numero], self.habilitations[nom], par=self.habilitations["gestionnaire"]
            )
        except ActionRefusee:
            assert (numero, nom) in self.modele.confies or agent.etat != "active" or not permis
        else:
            assert permis
            self.modele.confies.add((numero, nom))

    @precondition(lambda self: self.modele.confies and self.modele.agents["gestionnaire"].etat == "active")
    @rule(data=st.data())
    def rendre(self, data):
        numero, nom = data.draw(st.sampled_from(sorted(self.modele.confies)), label="prêt")
        pret = Pret.objects.vivants().get(dossier=self.dossiers[numero], habilitation=self.habilitations[nom])
        terminer_pret(self.habilitations["gestionnaire"], pret)
        self.modele.confies.discard((numero, nom))

    @precondition(lambda self: self.dossiers and self.modele.agents["asd"].etat == "active")
    @rule(data=st.data())
    def ouvrir_en_urgence(self, data):
        numero = self._choisir(data)
        if not self.modele.lit("asd", numero):
            fabriques.bris_de_glace(self.dossiers[numero], self.habilitations["asd"])
            self.modele.urgences.add((numero, "asd"))

    @precondition(lambda self: self.modele.urgences and self.modele.agents["asd"].etat == "active")
    @rule(data=st.data())
    def terminer_l_urgence(self, data):
        numero, nom = data.draw(st.sampled_from(sorted(self.modele.urgences)), label="urgence")
        bris = BrisDeGlace.objects.vivants().get(dossier=self.dossiers[numero])
        terminer_urgence(self.habilitations[nom], bris)
        self.modele.urgences.discard((numero, nom))

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
        agent, entier = self.modele.agents[nom], self.modele.en_entier(nom)
        imprimes = entier if agent.profil in IMPRIMENT else set()
        for vue, permis in (("dossiers:apercu", attendu), ("dossiers:synthese", imprimes)):
            adresses = {numero: reverse(vue, args=[numero]) for numero in self.dossiers}
            assert surfaces.ouvertes(client, adresses) == permis, (vue, nom)
        papiers = {numero: reverse("pieces:fichier", args=[p.reference]) for numero, p in self.pieces.items()}
        lisibles = entier if agent.profil in LISENT_UN_DEVIS else set()
        assert surfaces.ouvertes(client, papiers) == lisibles, ("fichier", nom)
        for numero in self.dossiers:
            trouve = surfaces.par_nir(client, self.nirs[numero], "1984-05-14")
            assert trouve == attendu & {numero}, ("nir", nom)

    @invariant()
    def la_verification_ne_trouve_rien(self):
        assert ecarts() == []


@pytest.mark.django_db
def test_everybody_sees_exactly_what_the_model_says(monkeypatch, settings):
    """VIES=200 lives many more. A failing life is short enough to read: it is not made shorter."""
    # What is drawn has its own tests; here only who gets it.
    monkeypatch.setattr(pages, "rendre_pdf", lambda *_, **__: b"%PDF-1.7")
    settings.RECHERCHES_NIR_PAR_HEURE = settings.BRIS_DE_GLACE_ESSAIS_PAR_HEURE = 10_000
    run_state_machine_as_test(
        QuiVoitQuoi,
        settings=reglages(
            max_examples=int(os.environ.get("VIES", "6")), stateful_step_count=8, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck), phases=[Phase.generate], print_blob=False,
        ),
    )  # fmt: skip
