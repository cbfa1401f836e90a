"""The control space: what is to be looked at, the alerts and their review, the rules, the state of the journal."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dossiers.controle import actions
from dossiers.controle.cartes import a_controler
from dossiers.controle.forms import FiltreAgents, FiltreAlertes, FormulaireExamen, FormulaireRegle
from dossiers.controle.models import Alerte, EtatAlerte, RegleAlerte
from dossiers.controle.mots import phrase
from dossiers.controle.policies import PROFIL_RESPONSABLE
from dossiers.vues import executer, tenter
from dossierunique.journal import views as journal_views
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.models import LigneJournal, VerificationJournal
from dossierunique.journal.refus import AccesRefuse
from dossierunique.journal.veille import cachet_de
from dossierunique.ui.pagination import Page, page_par_cle
from partners.comptes.renfort import renfort_requis
from partners.habilitations.acces import habilitation_requise
from partners.habilitations.models import Profil

RECENTES = 6
LIGNES_MONTREES = 50
ALERTES_CLES = ("-creee_le", "-pk")


@require_GET
@habilitation_requise(Profil.DPO)
def accueil(request: HttpRequest) -> HttpResponse:
    """What waits for the data protection officer."""
    a_examiner = Alerte.objects.filter(etat=EtatAlerte.A_EXAMINER)
    contexte = {
        "cartes": a_controler(request.habilitation),
        "alertes": a_examiner.select_related("regle", "utilisateur", "habilitation__organisme")[:RECENTES],
        "verification": VerificationJournal.objects.first(),
        "regles": RegleAlerte.objects.all(),
    }
    if contexte["verification"]:
        contexte["cachet"] = cachet_de(contexte["verification"])
    return render(request, "dossiers/controle/accueil.html", contexte)


@require_GET
@habilitation_requise(Profil.DPO)
def alertes(request: HttpRequest) -> HttpResponse:
    """The alerts, newest first, by state and rule."""
    filtre = FiltreAlertes(request.GET)
    page = page_par_cle(filtre.alertes(), request, cles=ALERTES_CLES)
    montrees = [alerte.objet for alerte in page if alerte.objet]
    journaliser(request.habilitation, Acte.LISTER, "alertes", objets=list(dict.fromkeys(montrees)))
    contexte = {
        "page": page,
        "filtre": filtre,
        "etats": EtatAlerte.choices,
        "etat": request.GET.get("etat", ""),
    }
    return render(request, "dossiers/controle/alertes.html", contexte)


@require_http_methods(["GET", "POST"])
@habilitation_requise(Profil.DPO)
def alerte(request: HttpRequest, pk: int) -> HttpResponse:
    """One alert: the rows that it rests on, its review, its next step."""
    trouvee = (
        Alerte.objects.filter(pk=pk)
        .select_related("regle", "utilisateur", "habilitation__organisme", "organisme")
        .first()
    )
    if trouvee is None:
        raise AccesRefuse(motif="alerte inconnue")
    formulaire = _formulaire(request, trouvee)
    if request.method == "POST" and formulaire.is_valid():
        saisie = formulaire.cleaned_data
        fait = tenter(formulaire, lambda: actions.examiner(request.habilitation, trouvee, **saisie))
        if fait:
            messages.success(request, f"L’alerte est {fait.get_etat_display()}.")
            return redirect("controle:alerte", pk)
    elif request.method == "GET":
        journaliser(request.habilitation, Acte.CONSULTER, str(trouvee))
    contexte = {
        "alerte": trouvee,
        "form": formulaire,
        "lignes": _lignes(trouvee),
        "examens": _examens(trouvee),
    }
    return render(
        request, "dossiers/controle/alerte.html", contexte, status=422 if formulaire.errors else 200
    )


def _formulaire(request: HttpRequest, alerte: Alerte) -> FormulaireExamen:
    initial = {"version": alerte.version}
    if alerte.etat == EtatAlerte.A_EXAMINER:
        initial["vers"] = EtatAlerte.EN_EXAMEN
    return FormulaireExamen(
        request.POST if request.method == "POST" else None, alerte=alerte, initial=initial
    )


def _examens(alerte: Alerte) -> list:
    return list(alerte.examens.select_related("par__utilisateur"))


def _lignes(alerte: Alerte) -> list[LigneJournal]:
    """The rows that the alert rests on; the dates choose the part of the primary key to read."""
    lignes = LigneJournal.objects.filter(
        utilisateur_id=alerte.utilisateur_id, quand__range=(alerte.debut, alerte.fin), pk__in=alerte.lignes
    )
    trouvees = list(lignes.order_by("-quand", "-pk")[:LIGNES_MONTREES])
    for ligne in trouvees:
        ligne.phrase = phrase(ligne)  # type: ignore[attr-defined]
    return trouvees


@require_GET
@habilitation_requise(Profil.DPO)
def regles(request: HttpRequest) -> HttpResponse:
    """The rules of unusual access."""
    return render(request, "dossiers/controle/regles.html", {"regles": RegleAlerte.objects.all()})


@require_http_methods(["GET", "POST"])
@habilitation_requise(Profil.DPO)
@renfort_requis
def regle(request: HttpRequest, code: str) -> HttpResponse:
    """Set one rule."""
    trouvee = RegleAlerte.objects.filter(pk=code).first()
    if trouvee is None:
        raise AccesRefuse(motif="règle inconnue")
    donnees = request.POST if request.method == "POST" else None
    formulaire = FormulaireRegle(donnees, instance=trouvee, initial={"version": trouvee.version})
    if request.method == "POST" and formulaire.is_valid():
        version, valeurs = formulaire.cleaned_data["version"], formulaire.valeurs()
        if tenter(formulaire, lambda: actions.regler(request.habilitation, code, valeurs, version)):
            messages.success(request, f"Règle enregistrée : {trouvee}.")
            return redirect("controle:regles")
    contexte = {"regle": trouvee, "form": formulaire}
    return render(request, "dossiers/controle/regle.html", contexte, status=422 if formulaire.errors else 200)


@require_GET
@habilitation_requise(Profil.DPO)
def verification(request: HttpRequest) -> HttpResponse:
    """The verifications of the journal: what the last one found, and those before."""
    page = page_par_cle(VerificationJournal.objects.all(), request, cles=("-fin", "-pk"))
    for une in page:
        une.cachet = cachet_de(une)
    derniere = VerificationJournal.objects.first()
    return render(request, "dossiers/controle/verification.html", {"page": page, "derniere": derniere})


@require_POST
@habilitation_requise(Profil.DPO)
def demander_verification(request: HttpRequest) -> HttpResponse:
    """Have the journal verified now."""
    return executer(
        request,
        lambda: actions.demander_verification(request.habilitation),
        "La vérification est lancée : une notification vous dira ce qu’elle a trouvé.",
        "controle:verification",
    )


@require_GET
@habilitation_requise(Profil.DPO)
def journal(request: HttpRequest) -> HttpResponse:
    """The search in the journal, inside the control space."""
    return journal_views.liste(request, gabarit="dossiers/controle/journal.html")


@require_GET
@habilitation_requise(PROFIL_RESPONSABLE)
def mes_agents(request: HttpRequest) -> HttpResponse:
    """What the people of this manager's organisme did: numbers of dossiers, and nothing of what they hold."""
    filtre, page = FiltreAgents(request.GET, request.habilitation.organisme_id), Page([])
    if filtre.is_valid():
        page = page_par_cle(filtre.lignes(), request, cles=("-quand", "-pk"), taille=50)
        journaliser(request.habilitation, Acte.LISTER, "accès des agents", details=filtre.resume())
    return render(request, "dossiers/controle/mes_agents.html", {"formulaire": filtre, "page": page})
