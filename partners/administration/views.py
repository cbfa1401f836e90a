"""First page of the administration space: the numbers, and what needs attention."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from partners.comptes.models import Utilisateur
from partners.habilitations import listes
from partners.habilitations.acces import habilitation_requise
from partners.habilitations.models import EtatHabilitation, Habilitation, Profil
from partners.habilitations.policies import INCOMPATIBLES
from partners.organismes.models import Organisme, Unite

PREAVIS = timedelta(days=30)


@habilitation_requise(Profil.ADMINISTRATEUR)
def accueil(request: HttpRequest) -> HttpResponse:
    jour = timezone.localdate()
    en_vigueur = Habilitation.objects.en_vigueur()
    nombres = Habilitation.objects.aggregate(
        suspendues=Count("pk", filter=Q(etat=EtatHabilitation.SUSPENDUE)),
    )
    fin_proche = (
        en_vigueur.filter(fin__lte=jour + PREAVIS)
        .select_related("utilisateur", "organisme")
        .order_by("fin", "pk")
    )
    sans = Utilisateur.objects.filter(is_active=True).exclude(pk__in=en_vigueur.values("utilisateur"))
    contexte = {
        "utilisateurs": Utilisateur.objects.filter(is_active=True).count(),
        "en_vigueur": en_vigueur.count(),
        "suspendues": nombres["suspendues"],
        "sans_habilitation": sans.count(),
        "fin_proche": fin_proche[:10],
        "organismes": Organisme.objects.filter(Q(jusque__isnull=True) | Q(jusque__gte=jour)).count(),
        "a_decider": listes.a_decider(request.habilitation).count(),
        "inutilisee_jours": settings.HABILITATION_INUTILISEE_JOURS,
        "incompatibles": [regle.raison for regle in INCOMPATIBLES],
        "unites": Unite.objects.filter(active=True).count(),
    }
    return render(request, "partners/administration/accueil.html", contexte)
