"""Random sequences of acts against a naive model: who reads is who the person last said, on a proof that holds."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossiers.consentements import rappels
from dossiers.consentements.confirmations import confirmer_preuve, rejeter_preuve
from dossiers.consentements.models import Consentement, PreuveAConfirmer
from dossiers.partages.models import Dossier
from dossiers.partages.verification import ecarts
from dossierunique.erreurs import ActionRefusee
from dossierunique.fichiers.depot import enregistrer_pdf
from tests import fabriques

CODES = ("asd", "uneo", "mspp")
choix = st.dictionaries(st.sampled_from(CODES), st.sampled_from(["accorde", "refuse"]), min_size=1)
gestes = st.one_of(
    st.tuples(st.just("acte"), choix),
    st.tuples(st.just("retirer"), st.sets(st.sampled_from(CODES), min_size=1)),
    st.tuples(st.just("tout"), st.none()),
    st.tuples(st.just("confirmer"), st.integers(0, 3)),
    st.tuples(st.just("rejeter"), st.integers(0, 3)),
    st.tuples(st.just("attendre"), st.none()),
)


class Naif:
    """What a person of good sense would say, in dicts."""

    def __init__(self):
        self.dits = {code: [] for code in CODES}
        self.preuves = []

    def dire(self, decisions):
        accorde = "accorde" in decisions.values()
        self.preuves.append("attend" if accorde else None)
        for code, decision in decisions.items():
            self.dits[code].append((decision, len(self.preuves) - 1))

    def juger(self, rang, decision):
        self.preuves[rang] = decision

    def attendre(self):
        self.preuves = ["suspendue" if p == "attend" else p for p in self.preuves]

    def lisent(self):
        return {code for code in CODES if self._lit(code)}

    def _lit(self, code):
        for decision, rang in reversed(self.dits[code]):
            if decision != "accorde":
                return False
            if self.preuves[rang] in ("attend", "confirme"):
                return True
        return False


@pytest.mark.django_db
@settings(
    max_examples=40, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
@given(st.lists(gestes, min_size=1, max_size=9))
def test_qui_lit_est_ce_que_dit_le_modele_naif(suite):
    with transaction.atomic():
        _jouer(suite)
        transaction.set_rollback(True)


def _jouer(suite):
    guichet, juge = fabriques.habilitation("correspondant"), fabriques.habilitation("gestionnaire")
    gens = {
        "asd": fabriques.habilitation("assistant_social"),
        "uneo": fabriques.habilitation("partenaire"),
        "mspp": fabriques.habilitation("partenaire", organisme="mspp"),
    }
    dossier = fabriques.dossier(par=guichet, accordes=(), refuses=())
    naif, actes = Naif(), []
    for geste, quoi in suite:
        _faire(geste, quoi, dossier, naif, actes, guichet, juge)
        lisent = {
            c for c, h in gens.items() if Dossier.objects.filter(pk=dossier.pk).visibles_par(h).exists()
        }
        assert lisent == naif.lisent(), suite
    assert not [e for e in ecarts() if e.dossier == dossier.numero]


def _faire(geste, quoi, dossier, naif, actes, guichet, juge):
    if geste == "acte":
        actes.append(_signer(guichet, dossier, quoi))
        naif.dire(quoi)
    elif geste in ("retirer", "tout"):
        _retirer(guichet, dossier, quoi, naif, actes)
    elif geste == "attendre":
        PreuveAConfirmer.objects.filter(suspendu_le=None).update(depuis=timezone.now() - timedelta(days=99))
        rappels.faire_la_ronde()
        naif.attendre()
    else:
        _juger(geste, quoi, naif, actes, juge)


def _signer(guichet, dossier, quoi):
    from dossiers.consentements.actions import enregistrer_consentement, texte_en_vigueur

    return enregistrer_consentement(
        guichet, dossier, texte=texte_en_vigueur(), signe_le=timezone.localdate(),
        preuve=enregistrer_pdf(fabriques.pdf(), nom="acte.pdf", cree_par=guichet),
        decisions={fabriques.organisme(code).pk: decision for code, decision in quoi.items()},
    )  # fmt: skip


def _retirer(guichet, dossier, quoi, naif, actes):
    """Those who may see the consents withdraw what is accorded, and nothing else."""
    from dossiers.consentements.actions import retirer_consentement

    accordes = {code for code in CODES if naif.dits[code] and naif.dits[code][-1][0] == "accorde"}
    vises = accordes if quoi is None else quoi
    geste = lambda: retirer_consentement(  # noqa: E731
        guichet, dossier, None if quoi is None else [fabriques.organisme(c) for c in sorted(vises)],
        signe_le=timezone.localdate(),
    )  # fmt: skip
    if vises and vises <= accordes:
        actes.append(geste())
        naif.dire(dict.fromkeys(vises, "retire"))
    else:
        with pytest.raises(ActionRefusee):
            geste()


def _juger(geste, rang, naif, actes, juge):
    if rang >= len(actes):
        return
    acte = Consentement.objects.select_related("dossier", "preuve", "enregistre_par").get(pk=actes[rang].pk)
    appel = (
        (lambda: confirmer_preuve(juge, acte))
        if geste == "confirmer"
        else (lambda: rejeter_preuve(juge, acte, "x"))
    )
    if naif.preuves[rang] in ("attend", "suspendue"):
        appel()
        naif.juger(rang, "confirme" if geste == "confirmer" else "rejete")
    else:
        with pytest.raises(ActionRefusee):
            appel()
