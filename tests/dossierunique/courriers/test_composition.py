"""Models of letters: seeded, versioned, escaped, immutable."""

import importlib
import re
from datetime import timedelta

import pypdfium2
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from dossierunique.courriers.champs import CHAMPS, champs_du_texte
from dossierunique.courriers.composition import composer
from dossierunique.courriers.models import ModeleCourrier
from dossierunique.courriers.rendu import rendre_pdf
from dossierunique.courriers.typographie import typographier

pytestmark = pytest.mark.django_db
MEDICAL = ("diagnostic", "pathologie", "maladie", "médical", "handicap")


def valeurs(code: str) -> dict[str, str]:
    return {champ: f"valeur de {champ}" for champ in CHAMPS[code]}


def nouvelle_version(corps: str, *, jours: int = 0, code: str = "recu_consentement") -> ModeleCourrier:
    return ModeleCourrier.objects.create(
        code=code,
        version=2,
        objet="Objet",
        corps=corps,
        en_vigueur_depuis=timezone.localdate() + timedelta(days=jours),
    )


def test_tous_les_modeles_sont_la():
    assert set(ModeleCourrier.objects.values_list("code", flat=True)) == set(CHAMPS)


@pytest.mark.parametrize("code", sorted(CHAMPS))
def test_chaque_modele_se_compose_et_s_imprime(code):
    lettre = composer(code, valeurs(code))
    assert lettre.modele == ModeleCourrier.objects.filter(code=code).latest("version")
    assert "{" not in lettre.objet + lettre.corps_html
    for champ in CHAMPS[code] - {"type_aide", "montant"}:
        assert f"valeur de {champ}" in lettre.objet + lettre.corps_html.replace("&#95;", "_"), champ
    assert not any(mot in lettre.corps_html.lower() for mot in MEDICAL)
    contexte = {
        "lettre": lettre,
        "reference": "DM-1",
        "date": timezone.localdate(),
        "destinataire": {"nom": "Mme F", "lignes": ["1, rue X"]},
    }
    with pypdfium2.PdfDocument(rendre_pdf("courriers/lettre.html", contexte, titre=lettre.objet)) as pdf:
        dit = re.sub(r"\s+", " ", pdf[0].get_textpage().get_text_bounded())
        assert len(pdf) == 1
    # In reading order: who writes, to whom, about what, then the text.
    reperes = [
        "Caisse nationale militaire",
        "Mme F",
        "Toulon, le",
        "Objet :",
        "Madame, Monsieur,",
        "Vos données",
    ]
    places = [dit.index(repere) for repere in reperes]
    assert places == sorted(places)
    assert f"modèle {code}, version {lettre.modele.version}" in dit


@pytest.mark.parametrize("code", sorted(CHAMPS))
def test_tous_les_champs_promis_servent(code):
    modele = ModeleCourrier.objects.get(code=code, version=1)
    if code == "notification_accord":
        assert CHAMPS[code] >= champs_du_texte(modele.objet, modele.corps)
    else:
        assert CHAMPS[code] - {"montant"} <= champs_du_texte(modele.objet, modele.corps)


def test_valeur_manquante():
    with pytest.raises(KeyError):
        composer("recu_retrait", {"numero": "1", "demandeur": "x", "date": "y"})


def test_code_inconnu():
    with pytest.raises(ModeleCourrier.DoesNotExist):
        composer("lettre_inconnue", {})


def test_les_valeurs_sont_du_texte():
    """Neither HTML nor Markdown enters by a value."""
    mechant = "<script>x</script> **gras** [lien](http://a) # titre | a & b `c` _d_"
    html = composer("recu_retrait", {**valeurs("recu_retrait"), "organisme": mechant}).corps_html
    assert "<script" not in html and "<a" not in html and "<em>" not in html
    assert "&lt;script&gt;x&lt;/script&gt; **gras** [lien](http://a) # titre | a &amp; b `c` _d_" in html


def test_le_modele_ne_peut_pas_porter_de_html():
    nouvelle_version("<img src=x onerror=y><b>Bonjour</b> {numero}\n\n[lien](https://exemple.invalid)")
    html = composer("recu_consentement", valeurs("recu_consentement")).corps_html
    assert "<img" not in html and "<b>" not in html and "<a" not in html and "lien" in html


def test_une_liste_quand_la_valeur_a_plusieurs_lignes():
    champs = {**valeurs("demande_pieces"), "pieces": "Bulletin\n\nRIB *du compte*\n"}
    html = composer("demande_pieces", champs).corps_html
    assert "<ul>\n<li>Bulletin</li>\n<li>RIB *du compte*</li>\n</ul>" in html


def test_la_version_en_vigueur():
    futur = nouvelle_version("Demain {numero}", jours=1)
    assert composer("recu_consentement", valeurs("recu_consentement")).modele.version == 1
    ModeleCourrier.objects.filter(pk=futur.pk).update(en_vigueur_depuis=timezone.localdate())
    assert composer("recu_consentement", valeurs("recu_consentement")).modele == futur


@pytest.mark.parametrize("corps", ["{numeros}", "{Numero}", "{numero }", "{pieces}", "{}"])
def test_champ_inconnu_refuse(corps):
    with pytest.raises(ValidationError):
        nouvelle_version(corps)


@pytest.mark.parametrize("changement", [{"objet": "x"}, {"corps": "x"}, {"version": 9}, {"code": "x"}])
def test_un_texte_ecrit_ne_change_pas(changement):
    with pytest.raises(IntegrityError), transaction.atomic():
        ModeleCourrier.objects.filter(code="recu_retrait").update(**changement)


def test_les_textes_se_retirent_et_se_remettent(django_db_blocker):
    """The seed is reversible, and putting it back twice changes nothing."""
    from django.apps import apps
    from django.db import connection

    migration = importlib.import_module("dossierunique.courriers.migrations.0002_textes")
    with connection.schema_editor() as editeur:
        migration.retirer(apps, editeur)
        assert not ModeleCourrier.objects.filter(code__in=migration.TEXTES, version=1).exists()
        migration.ecrire(apps, editeur)
        migration.ecrire(apps, editeur)
    assert ModeleCourrier.objects.filter(version=1).count() == len(CHAMPS)


@pytest.mark.parametrize(
    ("donne", "attendu"),
    [
        ("Quoi ? « oui » : 12 %", "Quoi\u202f? «\u00a0oui\u00a0»\u00a0: 12\u00a0%"),
        ("l'aide de 1 234 567 €", "l’aide de 1\u202f234\u202f567\u00a0€"),
        ("article L. 112-3, n° 2013-152", "article\u00a0L.\u00a0112-3, n°\u00a02013-152"),
        ("le 6 juin 2013", "le 6\u00a0juin\u00a02013"),
        ("<p>a</p>", "<p>a</p>"),
    ],
)
def test_typographie(donne, attendu):
    assert typographier(donne) == attendu
