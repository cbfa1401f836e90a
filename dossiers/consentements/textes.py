"""The wordings that people sign: added by the DPO [P], never changed; what differs from one to the next."""

import re
from collections.abc import Iterator
from datetime import date
from difflib import SequenceMatcher

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from dossiers.consentements.models import TexteConsentement
from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit
from dossiers.textes import jour
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from partners.models import Habilitation

MOTS = re.compile(r"\s+|[^\s]+")


@transaction.atomic
def ajouter_texte(
    habilitation: Habilitation, programme: str, *, titre: str, corps: str, en_vigueur_depuis: date, suit: int
) -> TexteConsentement:
    """Add a version. `suit` is the version that its author read.

    Raises ActionRefusee when another version was added meanwhile, when nothing changes, or when it would come into
    force in the past or before the version that it follows.
    """
    exiger(habilitation, Droit.GERER_TEXTES)
    derniere = TexteConsentement.objects.filter(programme=programme).order_by("-version").first()
    if derniere is None or derniere.version != suit:
        raise ActionRefusee(
            "Une autre version a été ajoutée depuis l’affichage de la page : relisez-la d’abord."
        )
    if (titre, _net(corps)) == (derniere.titre, _net(derniere.corps)):
        raise ActionRefusee("Ce texte est celui de la version précédente.", "corps")
    if en_vigueur_depuis < timezone.localdate():
        raise ActionRefusee("Un texte n’entre pas en vigueur dans le passé.", "en_vigueur_depuis")
    if en_vigueur_depuis < derniere.en_vigueur_depuis:
        le = jour(derniere.en_vigueur_depuis)
        raise ActionRefusee(f"La version {suit} n’entre en vigueur que le {le}.", "en_vigueur_depuis")
    try:
        with transaction.atomic():
            texte = TexteConsentement.objects.create(
                programme=programme,
                version=suit + 1,
                titre=titre,
                corps=corps,
                en_vigueur_depuis=en_vigueur_depuis,
            )
    except IntegrityError:
        raise ActionRefusee("Une autre version vient d’être ajoutée : relisez-la d’abord.") from None
    journaliser(
        habilitation, Acte.CREER, "",
        details={"geste": "texte de consentement", "programme": programme, "version": texte.version},
    )  # fmt: skip
    return texte


def _net(corps: str) -> str:
    return " ".join(corps.split())


def lisible(corps: str) -> str:
    """A wording as it is read: neither the stars of bold nor the dashes of lists, no more than one empty line."""
    sans_marques = re.sub(r"^- ", "• ", corps.strip().replace("**", ""), flags=re.M)
    return re.sub(r"\n\s*\n", "\n\n", sans_marques.replace("\r\n", "\n"))


def differences(avant: str, apres: str) -> SafeString:
    """What goes and what comes, word by word, as `<del>` and `<ins>`."""
    return format_html_join("", "{}", ((morceau,) for morceau in _morceaux(avant, apres)))


def _morceaux(avant: str, apres: str) -> Iterator[SafeString | str]:
    a, b = MOTS.findall(avant), MOTS.findall(apres)
    for genre, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if genre == "equal":
            yield "".join(a[a1:a2])
            continue
        for balise, mots in (("del", a[a1:a2]), ("ins", b[b1:b2])):
            if mots:
                yield format_html_join("", f"<{balise}>{{}}</{balise}>", [("".join(mots),)])
