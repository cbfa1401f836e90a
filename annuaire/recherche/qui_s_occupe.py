"""« Qui s’occupe de… ? »: the services that look after a département, a unit, a kind of aid, a programme."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Case, Exists, IntegerField, OuterRef, Prefetch, Q, QuerySet, Value, When

from annuaire import policies
from annuaire.fiches.models import Competence, Service
from dossierunique.departements import CHOIX as DEPARTEMENTS
from partners.aides import aides
from partners.models import Unite
from partners.organismes.models import Programme

SERVICES_MAX = 50


class FormQui(forms.Form):
    """One criterion or several: those who look after all of them."""

    que_des_criteres = True

    departement = forms.ChoiceField(
        label="Département", required=False, choices=[("", "Peu importe"), *DEPARTEMENTS]
    )
    unite = forms.ModelChoiceField(
        label="Unité", required=False, queryset=Unite.objects.none(), to_field_name="code", empty_label="Peu importe"
    )  # fmt: skip
    aide = forms.ChoiceField(label="Aide", required=False)
    programme = forms.ChoiceField(
        label="Programme", required=False, choices=[("", "Peu importe"), *Programme.choices]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unite"].queryset = Unite.objects.filter(active=True)  # type: ignore[attr-defined]
        self.fields["aide"].choices = [("", "Peu importe"), *aides().items()]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Question:
    """What is asked: empty values ask nothing."""

    departement: str = ""
    unite: Unite | None = None
    aide: str = ""
    programme: str = ""

    @property
    def vide(self) -> bool:
        """Whether nothing is asked."""
        return self == Question()


def repondre(question: Question) -> tuple[list[Service], bool]:
    """The services, those who name the unit or the département first; and whether there are others."""
    services = policies.services_lisibles(None).filter(organisme__jusque__isnull=True)
    if question.departement:
        services = services.filter(
            _declare(departement=question.departement) | Q(unite__departement=question.departement)
        )
    if question.unite:
        services = services.filter(_pour_l_unite(question.unite))
    if question.aide:
        services = services.filter(_declare(aide=question.aide))
    if question.programme:
        services = services.filter(_declare(programme=question.programme))
    trouves = list(_ordonner(services, question)[: SERVICES_MAX + 1])
    return trouves[:SERVICES_MAX], len(trouves) > SERVICES_MAX


def _declare(**chose: Any) -> Q:
    return Q(Exists(Competence.objects.filter(service=OuterRef("pk"), **chose)))


def _pour_l_unite(unite: Unite) -> Q:
    """Its own service, who names it, and who names its département."""
    condition = Q(unite=unite) | _declare(unite=unite)
    return condition | _declare(departement=unite.departement) if unite.departement else condition


def _ordonner(services: QuerySet[Service], question: Question) -> QuerySet[Service]:
    nommes = [
        When(_declare(unite=question.unite) | Q(unite=question.unite), then=Value(0))
        if question.unite
        else None,
        When(_declare(departement=question.departement), then=Value(1)) if question.departement else None,
    ]
    cas = [cas for cas in nommes if cas is not None]
    rang = Case(*cas, default=Value(2), output_field=IntegerField()) if cas else Value(2)
    return (
        services.annotate(rang=rang)
        .prefetch_related(Prefetch("competences", Competence.objects.select_related("unite")))
        .order_by("rang", "organisme__sigle", "tri", "pk")
    )
