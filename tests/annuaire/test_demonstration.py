"""The demo's directory is fictitious to its telephone numbers, and each account has its card."""

import re
from random import Random

import pytest
from django.urls import reverse

from annuaire.demonstration.charger import creer
from annuaire.fiches.models import Competence, Contact, Service
from tests import fabriques

pytestmark = pytest.mark.django_db
# Ranges that the French regulator gives to nobody.
FICTION = re.compile(r"(01 99 00|02 61 91|03 53 01|04 65 71|05 36 49|06 39 98) \d\d \d\d")


def test_numbers_and_addresses_reach_nobody(responsable, lecteur):
    uneo = fabriques.habilitation("partenaire", utilisateur=fabriques.utilisateur(username="uneo"))
    fabriques.organismes()
    creer(Random(1))
    numeros = [n for c in Contact.objects.all() for n in (c.telephone, c.portable) if n]
    numeros += list(Service.objects.values_list("telephone", flat=True))
    assert len(numeros) > 10 and all(FICTION.fullmatch(n) for n in numeros)
    assert len(numeros) == len(set(numeros))
    courriels = Contact.objects.filter(utilisateur=None).values_list("courriel", flat=True)
    assert all(
        c.endswith(".example") for c in [*courriels, *Service.objects.values_list("courriel", flat=True)]
    )
    assert Contact.objects.get(utilisateur=uneo.utilisateur).absent
    assert {responsable.utilisateur_id, lecteur.utilisateur_id} <= set(
        Contact.objects.filter(utilisateur__isnull=False).values_list("utilisateur", flat=True)
    )
    assert Service.objects.a_verifier().exists() and Competence.objects.exists()


def test_a_dossier_leads_to_the_partners_that_it_names(entrer):
    demande = fabriques.demande(fabriques.dossier(accordes=("asd", "uneo")))
    client = entrer(fabriques.habilitation("gestionnaire"))
    for onglet in ("apercu", "contributions"):
        page = client.get(reverse(f"dossiers:{onglet}", args=[demande.dossier.numero])).content.decode()
        for code in ("asd", "uneo"):
            assert f'href="{reverse("annuaire:organisme", args=[code])}"' in page, (onglet, code)
