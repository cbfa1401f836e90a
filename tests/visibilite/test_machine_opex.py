"""The same for the OPEX programme: nobody but the unit and the CNMSS before a wound, then whom the person accords; and
of her family after a death, whom each one accords herself."""

import os
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connections, transaction
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

from dossiers.consentements.actions import enregistrer_consentement, retirer_consentement, texte_en_vigueur
from dossiers.partages.verification import ecarts
from dossierunique.fichiers.depot import enregistrer_pdf
from dossierunique.securite.identite import systeme
from opex.contributions.models import ContributionOpex, GenreContribution, VersionContributionOpex
from opex.suivi.blessures import signaler_blessure
from opex.suivi.famille import ajouter_ayant_cause, enregistrer_accords
from opex.suivi.models import Suivi
from opex.suivi.parcours import declarer_deces, expirer
from opex.suivi.relais import passer_relais
from partners.habilitations.identite import agir_pour
from partners.organismes.models import Programme
from tests import fabriques
from tests.opex.fabriques import dossier_opex
from tests.visibilite import surfaces

PARTENAIRES = ("asd", "uneo", "onac")
BACKEND = "partners.comptes.backends.Comptes"
BLESSEE = date(2026, 3, 1)
TABLES = ("opex_suivi", "opex_blessure", "opex_imprime", "opex_echeance")
VOIENT_LES_AIDES = {"gestionnaire", "asd", "uneo", "onac", "mspp"}


@dataclass
class Vie:
    """What a naive reader would remember of one dossier."""

    accords: dict[str, bool] = field(default_factory=dict)
    eveille: bool = False
    unite: bool = True
    famille: dict[int, dict[str, bool]] = field(default_factory=dict)
    aides: dict[int, tuple[str, int | None]] = field(
        default_factory=dict
    )  # aid → (partner, member of the family)

    def lit(self, nom: str) -> bool:
        if nom == "gestionnaire":
            return True
        if nom == "bayonne":
            return self.unite
        return self.eveille and self.accords.get(nom, False)

    def parents_de(self, nom: str) -> set[int]:
        """The members of the family whom this agent reads of."""
        if not self.lit(nom):
            return set()
        if nom in ("gestionnaire", "bayonne"):
            return set(self.famille)
        return {cle for cle, accords in self.famille.items() if accords.get(nom)}

    def aides_de(self, nom: str) -> set[int]:
        """The aids that PostgreSQL gives this agent."""
        if not self.lit(nom):
            return set()
        parents = self.parents_de(nom)
        return {
            cle
            for cle, (de, parent) in self.aides.items()
            if parent is None or parent in parents or de == nom
        }


class VieOpex(RuleBasedStateMachine):
    """Random lives of at most two OPEX dossiers."""

    def __init__(self):
        super().__init__()
        self.atomique = transaction.atomic()
        self.atomique.__enter__()
        self.vies, self.dossiers, self.nirs = {}, {}, {}
        onac = {"sigle": "ONaCVG", "nom": "Office national", "type": "onacvg", "programmes": ["OPEX"]}
        fabriques.ORGANISMES.setdefault("onac", onac)
        self.partenaires = {code: fabriques.organisme(code) for code in PARTENAIRES}
        self.genres = {
            code: GenreContribution.objects.create(
                organisme=o, code="secours", nom="Secours", forme="capital"
            )
            for code, o in self.partenaires.items()
        }

    def teardown(self):
        fabriques.ORGANISMES.pop("onac", None)
        transaction.set_rollback(True)
        self.atomique.__exit__(None, None, None)

    @initialize()
    def distribuer(self):
        opex = {"programmes": ["OPEX"]}
        self.habilitations = {
            "gestionnaire": fabriques.habilitation("gestionnaire"),
            "bayonne": fabriques.habilitation("correspondant"),
            "calvi": fabriques.habilitation("correspondant", unites=[fabriques.unite("2e-rep")]),
            "asd": fabriques.habilitation("assistant_social"),
            "uneo": fabriques.habilitation("referent_opex", organisme="uneo"),
            "onac": fabriques.habilitation("referent_opex", organisme="onac", **opex),
            "mspp": fabriques.habilitation("partenaire", organisme="mspp"),
            "du_seul": fabriques.habilitation("partenaire", organisme="uneo", programmes=["DU"]),
        }
        self.clients = {}
        for nom, habilitation in self.habilitations.items():
            self.clients[nom] = Client()
            self.clients[nom].force_login(habilitation.utilisateur, backend=BACKEND)

    @precondition(lambda self: len(self.dossiers) < 2)
    @rule(accords=st.dictionaries(st.sampled_from(PARTENAIRES), st.booleans()))
    def partir(self, accords):
        nir = fabriques.nir_valide()
        dossier = dossier_opex(
            self.habilitations["bayonne"], tuple(o for o, oui in accords.items() if oui),
            tuple(o for o, oui in accords.items() if not oui), nir=nir,
        )  # fmt: skip
        self.dossiers[dossier.numero], self.nirs[dossier.numero] = dossier, nir
        self.vies[dossier.numero] = Vie(accords=dict(accords))

    def _choisir(self, data, condition=lambda vie: True):
        possibles = sorted(n for n, vie in self.vies.items() if condition(vie))
        return data.draw(st.sampled_from(possibles), label="dossier") if possibles else None

    @precondition(lambda self: self.dossiers)
    @rule(data=st.data(), code=st.sampled_from(PARTENAIRES), oui=st.booleans())
    def consentir(self, data, code, oui):
        numero = self._choisir(data)
        enregistrer_consentement(
            self.habilitations["gestionnaire"], self.dossiers[numero], texte=texte_en_vigueur(Programme.OPEX),
            signe_le=timezone.localdate(), decisions={self.partenaires[code].pk: "accorde" if oui else "refuse"},
        )  # fmt: skip
        self.vies[numero].accords[code] = oui

    @precondition(lambda self: self.dossiers)
    @rule(data=st.data(), code=st.sampled_from(PARTENAIRES))
    def retirer(self, data, code):
        numero = self._choisir(data, lambda vie: vie.accords.get(code))
        if numero:
            retirer_consentement(
                self.habilitations["gestionnaire"], self.dossiers[numero], [self.partenaires[code]],
                signe_le=timezone.localdate(),
            )  # fmt: skip
            self.vies[numero].accords[code] = False

    @precondition(lambda self: self.dossiers)
    @rule(data=st.data(), jours=st.integers(0, 90))
    def blesser(self, data, jours):
        numero = self._choisir(data, lambda vie: not vie.famille)
        if numero is None or Suivi.objects.get(dossier=self.dossiers[numero]).etat == "decede":
            return
        champs = {
            "survenue_le": BLESSEE + timedelta(days=jours), "theatre": f"Sahel {jours}", "circonstances": "combat",
            "gravite": "serieuse",
        }  # fmt: skip
        if self.dossiers[numero].blessures.filter(theatre=champs["theatre"]).exists():
            return
        signaler_blessure(self.habilitations["gestionnaire"], self.dossiers[numero], champs)
        self.vies[numero].eveille = True

    @precondition(lambda self: self.dossiers)
    @rule(data=st.data())
    def laisser_expirer(self, data):
        numero = self._choisir(data, lambda vie: not vie.eveille)
        if numero:
            with systeme("essai"):
                expirer(self.dossiers[numero])

    @precondition(lambda self: self.dossiers)
    @rule(data=st.data(), quitte=st.booleans())
    def passer_a_l_onac(self, data, quitte):
        numero = self._choisir(data, lambda vie: vie.lit("onac"))
        if numero is None:
            return
        suivi = Suivi.objects.get(dossier=self.dossiers[numero])
        if suivi.porteur_id == self.partenaires["onac"].pk:
            return
        passer_relais(
            self.habilitations["gestionnaire"], self.dossiers[numero], vers=self.partenaires["onac"],
            motif="Quitte le service.", version=suivi.version, radie_le=timezone.localdate() if quitte else None,
        )  # fmt: skip
        self.vies[numero].unite = self.vies[numero].unite and not quitte

    @precondition(lambda self: any(vie.eveille for vie in self.vies.values()))
    @rule(data=st.data(), accords=st.dictionaries(st.sampled_from(PARTENAIRES), st.booleans()))
    def perdre(self, data, accords):
        numero = self._choisir(data, lambda vie: vie.eveille)
        dossier, gestionnaire = self.dossiers[numero], self.habilitations["gestionnaire"]
        suivi = Suivi.objects.get(dossier=dossier)
        if suivi.etat != "decede":
            suivi = declarer_deces(
                gestionnaire, dossier, le=date(2026, 6, 30), confirmation="Acte reçu.", version=suivi.version
            )
        rang = len(self.vies[numero].famille)
        parent = ajouter_ayant_cause(
            gestionnaire, dossier, nom=f"Fictif {rang}", prenoms="Alix", relation="enfant"
        )
        self.vies[numero].famille[parent.pk] = {}
        if accords:
            self._accorder(numero, parent, accords)

    def _accorder(self, numero, parent, accords):
        gestionnaire = self.habilitations["gestionnaire"]
        papier = enregistrer_pdf(fabriques.pdf(), nom="accord.pdf", cree_par=gestionnaire)
        mots = {self.partenaires[c].pk: "accorde" if oui else "refuse" for c, oui in accords.items()}
        enregistrer_accords(
            gestionnaire, parent, decisions=mots, signe_le=timezone.localdate(), preuve=papier
        )
        self.vies[numero].famille[parent.pk] |= accords

    @precondition(lambda self: any(vie.famille for vie in self.vies.values()))
    @rule(data=st.data(), code=st.sampled_from(PARTENAIRES))
    def un_parent_retire(self, data, code):
        numero = self._choisir(data, lambda vie: any(a.get(code) for a in vie.famille.values()))
        if numero is None:
            return
        vie = self.vies[numero]
        cle = min(cle for cle, accords in vie.famille.items() if accords.get(code))
        parent = self.dossiers[numero].ayants_cause.get(pk=cle)
        enregistrer_accords(
            self.habilitations["gestionnaire"], parent, decisions={self.partenaires[code].pk: "retire"},
            signe_le=timezone.localdate(),
        )  # fmt: skip
        vie.famille[cle][code] = False

    @precondition(lambda self: any(vie.eveille for vie in self.vies.values()))
    @rule(data=st.data(), code=st.sampled_from(PARTENAIRES), pour_la_famille=st.booleans())
    def aider(self, data, code, pour_la_famille):
        numero = self._choisir(data, lambda vie: vie.lit(code))
        if numero is None:
            return
        vie = self.vies[numero]
        parents = sorted(vie.parents_de(code)) if pour_la_famille else []
        champs = {
            "genre": self.genres[code],
            "etat": "versee",
            "montant": Decimal(100),
            "debut": date(2026, 7, 1),
        }
        with systeme("essai"):
            aide = ContributionOpex.objects.create(
                dossier=self.dossiers[numero], organisme=self.partenaires[code], saisie_par=self.habilitations[code],
                beneficiaire_id=parents[0] if parents else None, **champs,
            )  # fmt: skip
            VersionContributionOpex.objects.create(
                contribution=aide, rang=1, periodicite="unique", auteur=self.habilitations[code], **champs
            )
        vie.aides[aide.pk] = (code, aide.beneficiaire_id)

    @invariant()
    def chacun_voit_ce_que_dit_le_modele(self):
        for nom, client in self.clients.items():
            attendu = {numero for numero, vie in self.vies.items() if vie.lit(nom)}
            assert surfaces.sql(self.habilitations[nom]) == attendu, ("sql", nom)
            assert surfaces.liste(client) == attendu, ("liste", nom)
            assert surfaces.recherche(client, "martin-fictif") == attendu, ("recherche", nom)
            adresses = {numero: reverse("vie:page", args=[numero]) for numero in self.dossiers}
            assert surfaces.ouvertes(client, adresses) == attendu, ("vie", nom)
            self._aides(nom, client, attendu)
            self._par_sql(nom, attendu)
            for numero in self.dossiers:
                trouve = surfaces.par_nir(client, self.nirs[numero], "1984-05-14")
                assert trouve == attendu & {numero}, ("nir", nom)

    def _aides(self, nom, client, attendu):
        adresses = {numero: reverse("aides:liste", args=[numero]) for numero in self.dossiers}
        permis = attendu if nom in VOIENT_LES_AIDES else set()
        assert surfaces.ouvertes(client, adresses) == permis, ("aides", nom)

    def _par_sql(self, nom, attendu):
        """Straight under the application's role: what hangs on a dossier comes out with it, and no more."""
        dossiers = {self.dossiers[numero].pk for numero in attendu}
        vies = self.vies.values()
        with agir_pour(self.habilitations[nom]), connections["default"].cursor() as curseur:
            for table in TABLES:
                curseur.execute(f"SELECT DISTINCT dossier_id FROM {table}")
                assert {cle for (cle,) in curseur.fetchall()} <= dossiers, (table, nom)
            curseur.execute("SELECT id FROM opex_ayant_cause")
            parents = {cle for (cle,) in curseur.fetchall()}
            assert parents == set().union(*(vie.parents_de(nom) for vie in vies)), ("famille", nom)
            curseur.execute("SELECT id FROM opex_contribution")
            aides = {cle for (cle,) in curseur.fetchall()}
            assert aides == set().union(*(vie.aides_de(nom) for vie in vies)), ("aides par SQL", nom)

    @invariant()
    def la_verification_ne_trouve_rien(self):
        assert ecarts() == []


@pytest.mark.django_db
def test_everybody_sees_exactly_what_the_model_says(settings):
    """VIES=200 lives many more."""
    settings.RECHERCHES_NIR_PAR_HEURE = 10_000
    run_state_machine_as_test(
        VieOpex,
        settings=reglages(
            max_examples=int(os.environ.get("VIES", "5")), stateful_step_count=10, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck), phases=[Phase.generate], print_blob=False,
        ),
    )  # fmt: skip
