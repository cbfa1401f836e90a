"""« Qui a consulté », and the statement given to the person."""

import io
from datetime import timedelta

import pikepdf
import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dossiers.controle.mots import phrase
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.models import LigneJournal
from tests import fabriques

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(gestionnaire, connexion):
    return connexion(gestionnaire)


@pytest.fixture
def lu(dossier, uneo, asd):
    """A dossier that Unéo and the ASD looked at."""
    journaliser(uneo, Acte.CONSULTER, dossier.numero, details={"page": "pieces"})
    journaliser(uneo, Acte.CONSULTER, dossier.numero, details={"page": "apercu"})
    journaliser(asd, Acte.TELECHARGER, dossier.numero, details={"courrier": "x"})
    return dossier


def adresse(dossier, vue="acces"):
    return reverse(f"dossiers:{vue}", args=[dossier.numero])


def texte(pdf):
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


class TestOnglet:
    @pytest.mark.parametrize("profil", ["gestionnaire", "dpo"])
    def test_opens_for_the_cnmss_and_leaves_one_row(self, profil, lu, connexion):
        lecteur = fabriques.habilitation(profil)
        page = connexion(lecteur).get(adresse(lu)).content.decode()
        assert "a consulté les pièces" in page
        assert "a téléchargé un courrier" in page
        lignes = LigneJournal.objects.filter(utilisateur_id=lecteur.utilisateur_id, objet=lu.numero)
        assert [(ligne.action, ligne.details) for ligne in lignes] == [("consulter", {"page": "acces"})]

    @pytest.mark.parametrize("vue", ["acces", "releve"])
    @pytest.mark.parametrize(
        "profil", ["secretaire", "medecin", "numerisation", "partenaire", "correspondant"]
    )
    def test_nobody_else_learns_who_looked(self, profil, vue, lu, connexion):
        assert connexion(fabriques.habilitation(profil)).get(adresse(lu, vue)).status_code == 404

    def test_filters_by_organisme_act_and_period(self, lu, client):
        def trouvees(**demande):
            return [ligne.action for ligne in client.get(adresse(lu), demande).context["page"]]

        assert trouvees(organisme="uneo") == ["consulter", "consulter"]
        assert trouvees(organisme="asd", acte="telecharger") == ["telecharger"]
        assert trouvees(organisme="mspp") == []
        hier = (timezone.localdate() - timedelta(days=1)).isoformat()
        assert trouvees(du=hier, au=hier) == []
        assert trouvees(organisme="inconnu") == []

    def test_days_are_apart(self, lu, client, uneo):
        LigneJournal.objects.create(
            action="consulter", objet=lu.numero, organisme_id=uneo.organisme_id, acteur_nom="X",
            quand=timezone.now() - timedelta(days=3),
        )  # fmt: skip
        jours = client.get(adresse(lu)).context["jours"]
        assert [j["jour"] for j in jours] == [timezone.localdate(), timezone.localdate() - timedelta(days=3)]

    def test_costs_the_same_for_few_rows_and_for_a_full_page(self, lu, client, uneo):
        def requetes():
            with CaptureQueriesContext(connection) as captees:
                client.get(adresse(lu))
            return len(captees)

        client.get(adresse(lu))
        avant = requetes()
        for _ in range(60):
            journaliser(uneo, Acte.CONSULTER, lu.numero, details={"page": "apercu"})
        assert requetes() == avant
        assert client.get(adresse(lu)).context["page"].curseur_suivant

    @pytest.mark.parametrize(
        ("action", "details", "attendu"),
        [
            ("consulter", {"page": "apercu"}, "a consulté la vue d’ensemble"),
            ("consulter", {"page": "decision", "demande": "DM-1"}, "a consulté la décision, la demande DM-1"),
            ("modifier", {"geste": "retrait", "id": 1}, "a modifié le consentement"),
            ("telecharger", {"preuve": 3}, "a téléchargé la preuve du consentement"),
            ("imprimer", {}, "a imprimé le dossier"),
            ("imprimer", {"releve": "acces"}, "a imprimé le relevé"),
            ("reveler_nir", {}, "a affiché le NIR"),
            ("rechercher", {}, "a recherché une personne, par nom ou numéro"),
            ("rechercher", {"par": "nir", "geste": "retrait"}, "a recherché une personne, par son NIR"),
            ("refus", {}, "s’est vu refuser l’accès"),
        ],
    )
    def test_in_words(self, action, details, attendu):
        assert phrase(LigneJournal(action=action, details=details)) == attendu


class TestReleve:
    def test_is_a_tagged_letter_to_the_person(self, lu, client):
        reponse = client.get(adresse(lu, "releve"))
        assert reponse["Content-Type"] == "application/pdf"
        assert lu.numero in reponse["Content-Disposition"]
        with pikepdf.open(io.BytesIO(reponse.content)) as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert str(pdf.Root.Lang).lower().startswith("fr")
        lettre = texte(reponse.content)
        assert str(lu.assure) in lettre
        assert "Mutuelle Unéo" in lettre
        assert "2 consultations" in lettre.replace("\u00a0", " ")
        assert "gestionnaire partenaire" in lettre

    def test_agents_are_behind_their_organisme_unless_told_otherwise(self, lu, client, uneo, settings):
        nom = uneo.utilisateur.last_name
        assert nom not in texte(client.get(adresse(lu, "releve")).content)
        settings.RELEVE_NOMME_LES_AGENTS = True
        assert nom in texte(client.get(adresse(lu, "releve")).content)

    def test_leaves_one_row_as_a_print(self, lu, client, gestionnaire):
        client.get(adresse(lu, "releve"), {"du": "2026-01-01", "au": "2026-12-31"})
        ligne = LigneJournal.objects.get(objet=lu.numero, action="imprimer")
        assert ligne.details == {"releve": "acces", "du": "2026-01-01", "au": "2026-12-31"}
        assert ligne.utilisateur_id == gestionnaire.utilisateur_id

    def test_says_when_nobody_looked(self, dossier, client):
        pdf = client.get(adresse(dossier, "releve"), {"du": "2020-01-01", "au": "2020-01-31"}).content
        assert "Personne n’a ouvert votre dossier" in texte(pdf)

    def test_a_nonsense_period_goes_back_to_the_tab(self, dossier, client):
        reponse = client.get(adresse(dossier, "releve"), {"du": "hier"})
        assert reponse.status_code == 302
        assert reponse.url == adresse(dossier)

    def test_never_holds_the_nir(self, lu, client):
        lettre = "".join(texte(client.get(adresse(lu, "releve")).content).split())
        assert lu.assure.nir not in lettre
