"""The tags that every template uses."""

from decimal import Decimal
from types import SimpleNamespace

from django import forms
from django.template import Context, Template


def rendre(source: str, **contexte) -> str:
    return Template(source).render(Context(contexte))


class Formulaire(forms.Form):
    nom = forms.CharField(label="Nom", help_text="Comme sur la carte.")
    note = forms.CharField(label="Note", required=False)
    sens = forms.ChoiceField(label="Sens", choices=[("o", "Oui"), ("n", "Non")], widget=forms.RadioSelect)
    certifie = forms.BooleanField(label="Je certifie")
    piece = forms.FileField(label="Pièce", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


def test_champ_relie_label_aide_et_erreur() -> None:
    html = rendre("{% champ form.nom %}", form=Formulaire({}))
    assert '<label for="id_nom">Nom' in html
    assert 'aria-describedby="id_nom_aide id_nom_erreur"' in html
    assert 'id="id_nom_aide"' in html
    assert 'id="id_nom_erreur"' in html
    assert 'aria-invalid="true"' in html


def test_champ_facultatif_le_dit() -> None:
    assert "(facultatif)" in rendre("{% champ form.note %}", form=Formulaire())
    assert "(facultatif)" not in rendre("{% champ form.nom %}", form=Formulaire())


def test_champ_groupe_est_un_fieldset() -> None:
    html = rendre("{% champ form.sens %}", form=Formulaire())
    assert html.startswith("<fieldset")
    assert "<legend>Sens" in html


def test_champ_case_fichier_et_cache() -> None:
    assert 'class="champ__case"><input type="checkbox"' in rendre(
        "{% champ form.certifie %}", form=Formulaire()
    )
    assert "data-depot" in rendre("{% champ form.piece %}", form=Formulaire())
    assert rendre("{% champ form.version %}", form=Formulaire()).strip().startswith('<input type="hidden"')


def test_champ_echappe_ce_que_l_on_tape() -> None:
    html = rendre("{% champ form.nom %}", form=Formulaire({"nom": '"><script>'}))
    assert "<script>" not in html


def test_erreurs_resume_et_liens() -> None:
    html = rendre("{% erreurs form %}", form=Formulaire({}))
    assert 'role="alert"' in html
    assert '<a href="#id_nom">Nom' in html
    assert '<a href="#id_sens_0">Sens' in html
    assert "4 points sont à corriger" in html


def test_erreurs_se_tait_quand_tout_va_bien() -> None:
    assert rendre("{% erreurs form %}", form=Formulaire()).strip() == ""
    assert rendre("{% erreurs form %}", form=None).strip() == ""


def test_etat_d_un_objet_ou_d_un_libelle() -> None:
    objet = SimpleNamespace(etat_ton="accord", get_etat_display=lambda: "validée")
    assert rendre("{% etat objet %}", objet=objet) == '<span class="etat etat--accord">validée</span>'
    assert rendre('{% etat "déposée" "info" %}') == '<span class="etat etat--info">déposée</span>'
    assert "etat--calme" in rendre('{% etat "déposée" "inconnu" %}')
    assert "&lt;b&gt;" in rendre("{% etat libelle %}", libelle="<b>")


def test_icone_muette_ou_nommee() -> None:
    assert 'aria-hidden="true"' in rendre('{% icone "cloche" %}')
    assert 'aria-label="Chercher"' in rendre('{% icone "loupe" "Chercher" %}')


def test_plan_ne_depasse_pas_le_cout() -> None:
    lignes = [
        {"libelle": "CNMSS", "etat": "accordé", "montant": Decimal(360), "largeur": 80, "ton": 1},
        {"libelle": "Unéo", "etat": "accordé", "montant": Decimal(180), "largeur": 40, "ton": 2},
    ]
    html = rendre(
        "{% plan lignes cout=cout reste=reste %}", lignes=lignes, cout=Decimal(720), reste=Decimal(0)
    )
    assert 'x="80.00" width="20.00"' in html
    assert 'role="img"' in html
    assert "Reste à charge" in html


def test_partiels_du_dossier() -> None:
    etapes = [
        {"libelle": "Déposée", "statut": "fait"},
        {"libelle": "Pièces", "statut": "ici", "detail": "9 sur 11"},
    ]
    html = rendre('{% include "ui/etapes.html" %}', etapes=etapes)
    assert 'aria-current="step"' in html
    assert "9 sur 11" in html
    assert "Rien ici" in rendre('{% include "ui/vide.html" with titre="Rien ici" %}')


def test_filtres_gardent_les_autres_criteres_et_reprennent_au_debut(rf):
    requete = rf.get("/", {"q": "d’Almeida & fils", "situation": "decide", "apres": "x", "avant": "y"})
    rendu = Template('{% filtres "situation" choix "decide" %}').render(
        Context({"request": requete, "choix": [("en_cours", "En cours"), ("decide", "<Décidé>")]})
    )
    garde = "q=d%E2%80%99Almeida+%26+fils"
    assert rendu == (
        f'<a class="filtre" href="?{garde}">Tous</a>'
        f'<a class="filtre" href="?{garde}&amp;situation=en_cours">En cours</a>'
        f'<a class="filtre" href="?{garde}&amp;situation=decide" aria-current="true">&lt;Décidé&gt;</a>'
    )
