"""Writing an article, joining files to it, sending it back, withdrawing it; and the answer of a reader."""

from typing import Any

from django import forms
from django.utils.text import capfirst

from documentation import policies
from documentation.articles.contenu import CHAMPS, Contenu, GenreArticle
from documentation.articles.models import Article, Rubrique
from documentation.articles.suites import PieceArticle
from dossierunique.ui.formulaires import ChampDate
from partners.habilitations.models import Habilitation, Profil
from partners.organismes.models import Organisme, Programme

CORPS_MAX = 60_000


class ListeDeSlugs(forms.CharField):
    """Addresses of other articles, typed one after the other."""

    def clean(self, value: Any) -> list[str]:
        slugs = [mot.strip().lower() for mot in super().clean(value).replace(",", " ").split()]
        slugs = list(dict.fromkeys(slugs))
        connus = set(Article.objects.filter(slug__in=slugs).values_list("slug", flat=True))
        if inconnus := [slug for slug in slugs if slug not in connus]:
            raise forms.ValidationError(f"Aucun article à cette adresse : {', '.join(inconnus)}.")
        return slugs

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value


class FormArticle(forms.Form):
    """Everything that a writer fills."""

    titre = forms.CharField(label="Titre", max_length=150, error_messages={"required": "Donnez un titre."})
    rubrique = forms.ModelChoiceField(
        label="Rubrique", queryset=Rubrique.objects.none(), empty_label="Choisissez…",
        error_messages={"required": "Choisissez une rubrique."},
    )  # fmt: skip
    genre = forms.ChoiceField(
        label="Genre",
        choices=[(g.value, g.label.capitalize()) for g in GenreArticle],
        initial=GenreArticle.ARTICLE,
    )
    resume = forms.CharField(
        label="Résumé", max_length=200, widget=forms.Textarea({"rows": 2}),
        help_text="Une ou deux phrases, montrées dans les listes : 200 caractères au plus.",
        error_messages={"required": "Résumez l’article en une phrase."},
    )  # fmt: skip
    corps = forms.CharField(
        label="Texte", max_length=CORPS_MAX, widget=forms.Textarea({"rows": 22, "class": "redaction"}),
        help_text="Une ligne vide sépare deux paragraphes ; ## ouvre un titre, un tiret une liste, **deux étoiles** "
        "mettent en gras. Un autre article : [mots](article:son-adresse). Une image : ![description](image:nom).",
        error_messages={"required": "Écrivez le texte."},
    )  # fmt: skip
    mots = forms.CharField(
        label="Autres mots", max_length=500, required=False,
        help_text="Ce que l’on taperait pour trouver cet article et qu’il n’écrit pas : synonymes, sigles.",
    )  # fmt: skip
    voir = ListeDeSlugs(
        label="À lire aussi",
        required=False,
        help_text="Adresses d’autres articles, séparées par des virgules.",
    )
    profils = forms.MultipleChoiceField(
        label="Profils", required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(p.value, capfirst(p.label)) for p in Profil], help_text="Aucune case cochée : tous.",
    )  # fmt: skip
    programmes = forms.MultipleChoiceField(
        label="Programmes", required=False, widget=forms.CheckboxSelectMultiple, choices=Programme.choices,
        help_text="Aucune case cochée : les deux.",
    )  # fmt: skip
    organismes = forms.MultipleChoiceField(
        label="Organismes", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Aucune case cochée : tous.",
    )  # fmt: skip
    public = forms.BooleanField(label="Lisible aussi sans se connecter", required=False)
    parait_le = ChampDate(label="Paraît le", required=False, help_text="Laissez vide : dès sa publication.")
    expire_le = ChampDate(label="N’est plus lisible après le", required=False)
    valable_jusqu_au = ChampDate(
        label="Valable jusqu’au", required=False,
        help_text="Vous serez prévenu avant ; l’article reste lisible, avec un avertissement.",
    )  # fmt: skip
    reference = forms.CharField(
        label="Référence", max_length=200, required=False,
        help_text="D’un texte officiel : « Décret n° 2013-1142 », par exemple.",
    )  # fmt: skip
    date_texte = ChampDate(label="Date du texte", required=False)
    source = forms.URLField(label="Adresse où le lire", max_length=400, required=False, assume_scheme="https")
    ordre = forms.IntegerField(label="Rang dans la rubrique", min_value=0, max_value=999, initial=100)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    def __init__(
        self, *args: Any, par: Habilitation, contenu: Contenu | None = None, version: int = 0, **k: Any
    ):
        if contenu is not None:
            depart = contenu.valeurs() | {"rubrique": contenu.rubrique_id, "version": version}
            k["initial"] = depart | k.get("initial", {})
        super().__init__(*args, **k)
        portee = policies.portee_de(par)
        rubriques = Rubrique.objects.all()
        if portee is not None and portee.rubriques is not None:
            rubriques = rubriques.filter(code__in=portee.rubriques)
        self.fields["rubrique"].queryset = rubriques  # type: ignore[attr-defined]
        chez_soi = portee is not None and portee.chez_soi
        self._imposes = [par.organisme.code] if chez_soi else None
        if chez_soi:
            del self.fields["organismes"], self.fields["public"]
        else:
            self.fields["organismes"].choices = [  # type: ignore[attr-defined]
                (o.code, o.sigle)
                for o in Organisme.objects.filter(jusque__isnull=True).order_by("sigle", "pk")
            ]

    def clean(self) -> dict[str, Any]:
        lu = super().clean() or {}
        if lu.get("public") and any(lu.get(champ) for champ in ("profils", "programmes", "organismes")):
            self.add_error(
                "public", "Un article lisible sans se connecter l’est par tous : décochez le public visé."
            )
        debut, fin = lu.get("parait_le"), lu.get("expire_le")
        if debut and fin and fin < debut:
            self.add_error("expire_le", "Cette date est avant celle de parution.")
        if lu.get("genre") == GenreArticle.TEXTE and not lu.get("reference"):
            self.add_error("reference", "Un texte officiel porte sa référence.")
        return lu

    def valeurs(self) -> dict[str, Any]:
        """What was filled, for the action."""
        lu = self.cleaned_data
        if self._imposes is not None:
            lu = {**lu, "organismes": self._imposes, "public": False}
        return {champ: lu[champ] for champ in CHAMPS}


class FormPiece(forms.Form):
    """One file to join."""

    genre = forms.ChoiceField(label="C’est", choices=PieceArticle.Genre.choices, widget=forms.RadioSelect,
                              initial=PieceArticle.Genre.DOCUMENT)  # fmt: skip
    titre = forms.CharField(
        label="Nom", max_length=100, help_text="Celui du lien à télécharger, ou de l’image.",
        error_messages={"required": "Donnez un nom à ce fichier."},
    )  # fmt: skip
    fichier = forms.FileField(
        label="Fichier", help_text="PDF, JPEG, PNG ou TIFF, 20 Mo au plus.",
        error_messages={"required": "Choisissez un fichier."},
    )  # fmt: skip


class FormRenvoi(forms.Form):
    """What is to be mended."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    mots = forms.CharField(
        label="Ce qui est à reprendre", max_length=500, widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Dites aux rédacteurs ce qui est à reprendre."},
    )  # fmt: skip


class FormRetrait(forms.Form):
    """Why an article is withdrawn."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    motif = forms.CharField(
        label="Motif du retrait", max_length=200, error_messages={"required": "Dites pourquoi il est retiré."}
    )


class FormAvis(forms.Form):
    """Was this page useful?"""

    utile = forms.ChoiceField(
        label="Cette page vous a-t-elle été utile ?", widget=forms.RadioSelect,
        choices=[("oui", "Oui"), ("non", "Non")], error_messages={"required": "Choisissez oui ou non."},
    )  # fmt: skip
    mots = forms.CharField(
        label="Ce qui manque ou n’est pas clair", max_length=500, required=False, widget=forms.Textarea({"rows": 3}),
        help_text="Lu par les rédacteurs de la page. N’écrivez rien sur une personne.",
    )  # fmt: skip
