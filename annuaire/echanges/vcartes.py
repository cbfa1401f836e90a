"""Business cards (vCard 3.0, what Outlook, iOS, Thunderbird and Android all read), written by vobject."""

import re
from typing import Any

import vobject
from django.conf import settings
from django.urls import reverse
from django.utils.text import slugify

from annuaire.fiches.models import Contact, Service
from annuaire.fiches.telephones import a_composer

TYPE = "text/vcard; charset=utf-8"
CODE_POSTAL = re.compile(r"^(\d{5})\s+(.+)$")


def carte_de_service(service: Service) -> bytes:
    """A service, filed under its organisme: the card of a company, not of a person."""
    nom = f"{service.organisme.sigle}, {service.nom}"
    carte = _carte(nom, family=nom)
    carte.add("org").value = [_texte(service.organisme.nom), _texte(service.nom)]
    carte.add("x-abshowas").value = "COMPANY"
    _joindre(carte, service, service.adresse, "annuaire:service")
    notes = [service.missions, *(f"{jours.capitalize()} : {heures}" for jours, heures in service.heures)]
    return _ecrire(carte, [*notes, service.note_horaires])


def carte_de_personne(contact: Contact) -> bytes:
    """A person, at her service's address."""
    service = contact.service
    carte = _carte(str(contact), family=contact.nom, given=contact.prenom)
    carte.add("org").value = [_texte(service.organisme.nom), _texte(service.nom)]
    if contact.fonction:
        carte.add("title").value = _texte(contact.fonction)
    _joindre(carte, contact, service.adresse or service.organisme.adresse, "annuaire:personne")
    if contact.portable:
        _numero(carte, contact.portable, "CELL")
    if service.telephone and service.telephone != contact.telephone:
        _numero(carte, service.telephone, "WORK")
    return _ecrire(carte, [contact.note_horaires])


def nom_de_fichier(entree: Service | Contact) -> str:
    """A name that every system takes."""
    return f"{slugify(str(entree)) or 'carte'}.vcf"


def _carte(nom: str, **parts: str) -> Any:
    carte = vobject.vCard()
    carte.add("n").value = vobject.vcard.Name(**parts)
    carte.add("fn").value = _texte(nom)
    return carte


def _texte(texte: str) -> str:
    """Without semicolons: some readers (Thunderbird's) show the backslash that the format puts before them."""
    return re.sub(r"\s*;\s*", ", ", texte)


def _joindre(carte: Any, entree: Service | Contact, adresse: str, vue: str) -> None:
    page = f"{settings.ADRESSE_PUBLIQUE}{reverse(vue, args=[entree.pk])}"
    if entree.telephone:
        _numero(carte, entree.telephone, "WORK")
    if entree.courriel:
        courriel = carte.add("email")
        courriel.value, courriel.type_param = entree.courriel, ["INTERNET", "WORK"]
    if adresse:
        lieu = carte.add("adr")
        lieu.value, lieu.type_param = _adresse(adresse), "WORK"
    carte.add("url").value = page
    # The same card taken again replaces itself.
    carte.add("uid").value = page
    carte.add("rev").value = f"{entree.verifie_le:%Y-%m-%d}"


def _numero(carte: Any, telephone: str, genre: str) -> None:
    numero = carte.add("tel")
    numero.value, numero.type_param = a_composer(telephone), [genre, "VOICE"]


def _adresse(texte: str) -> Any:
    """A French address: the last line that begins with a code is the town, the others are the street."""
    lignes = [ligne.strip() for ligne in texte.splitlines() if ligne.strip()]
    rang = next((i for i in range(len(lignes) - 1, -1, -1) if CODE_POSTAL.match(lignes[i])), None)
    if rang is None:
        return vobject.vcard.Address(street="\n".join(lignes), country="France")
    lu = CODE_POSTAL.match(lignes[rang])
    code, ville = lu.groups() if lu else ("", "")
    autres = lignes[:rang] + lignes[rang + 1 :]
    return vobject.vcard.Address(street="\n".join(autres), code=code, city=ville, country="France")


def _ecrire(carte: Any, notes: list[str]) -> bytes:
    if note := "\n".join(filter(None, notes)):
        carte.add("note").value = _texte(note)
    return carte.serialize().encode()
