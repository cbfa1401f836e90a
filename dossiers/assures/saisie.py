"""What the pages that open a dossier share: what the search found, and the identity of a new person."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from dossiers.assures import nir as regles_nir
from dossiers.assures.actions import enregistrer_personne
from dossiers.assures.attente import retenu
from dossiers.assures.forms import FormulaireIdentite
from dossiers.assures.models import Assure
from dossiers.assures.recherche import Constat, Resultat, deja_saisie
from dossiers.vues import tenter
from partners.models import Habilitation, Organisme
from partners.organismes.models import Programme, TypeOrganisme


def contexte_du_constat(resultat: Resultat | None) -> dict[str, Any]:
    """What a page says of a search: the finding, and whom to call when the person is somebody else's."""
    if resultat is None:
        return {}
    contexte: dict[str, Any] = {"resultat": resultat, "constat": resultat.constat.value}
    if resultat.constat is Constat.RESERVEE:
        contexte["caisse"] = Organisme.objects.filter(type=TypeOrganisme.CNMSS, jusque__isnull=True).first()
    return contexte


def identite_a_saisir(request: HttpRequest, programme: str = Programme.DU) -> FormulaireIdentite | None:
    """The form of the person whose two traits are retained; None, and a word to the agent, when nothing is."""
    attente = retenu(request, programme)
    if attente is None:
        messages.warning(
            request,
            "La saisie a été trop longue, ou elle est déjà enregistrée\u00a0: indiquez de nouveau la personne.",
        )
        return None
    nir = regles_nir.lire(attente["nir"])
    return FormulaireIdentite(
        request.POST if request.method == "POST" else None,
        habilitation=request.habilitation,
        nir=nir,
        initial={"sexe": nir.sexe, "date_naissance": attente["naissance"]},
    )


def enregistree(habilitation: Habilitation, form: FormulaireIdentite) -> Assure | None:
    """The person typed: entered now, or a moment ago by the same habilitation (a form sent twice)."""
    if deja := deja_saisie(habilitation, form.nir):
        return deja
    if not form.is_valid():
        return None
    creee = tenter(form, lambda: enregistrer_personne(habilitation, form.nir, form.cleaned_data))
    # Another submission of the same page may have won while this one waited.
    return creee or deja_saisie(habilitation, form.nir)
