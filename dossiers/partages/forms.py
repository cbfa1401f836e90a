"""Forms of the lists and of the search by NIR."""

from typing import Any

from django import forms

from dossiers.assures.champs import ChampNaissance, ChampNir
from dossiers.partages.listes import Filtres
from dossiers.partages.models import Situation
from partners.models import Habilitation
from partners.organismes.models import Programme


class FiltreListe(forms.Form):
    """Filters of the list, from the address; what makes no sense is ignored."""

    situation = forms.ChoiceField(choices=[("", "Tous"), *Situation.choices], required=False)
    q = forms.CharField(label="Nom ou numéro", required=False, max_length=80)
    programme = forms.ChoiceField(choices=[("", "Tous"), *Programme.choices], required=False)

    def __init__(self, *args: Any, habilitation: Habilitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.habilitation = habilitation

    def programmes(self) -> list[tuple[str, str]]:
        """Those to choose from; none when there is one only."""
        siens = [choix for choix in Programme.choices if choix[0] in self.habilitation.programmes]
        return siens if len(siens) > 1 else []

    def valeurs(self) -> Filtres:
        """The filters that hold."""
        self.is_valid()
        propres = self.cleaned_data
        return Filtres(
            situation=propres.get("situation", ""),
            mots=propres.get("q", ""),
            programme=propres.get("programme", "") if self.programmes() else "",
        )

    def actif(self) -> bool:
        """Whether anything narrows the list."""
        return self.valeurs() != Filtres()


class RechercheNir(forms.Form):
    """The two traits that open a dossier by NIR."""

    nir = ChampNir()
    naissance = ChampNaissance()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "nir_%s")
        super().__init__(*args, **kwargs)
