"""Recomputes the seals and the rows of the journal, and names what does not agree."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from dossierunique.journal.veille import ancres_notees
from dossierunique.journal.verification import Rapport, verifier


def jour(texte: str) -> datetime:
    try:
        return timezone.make_aware(datetime.fromisoformat(texte))
    except ValueError:
        raise ArgumentTypeError(f"« {texte} » n’est pas une date (AAAA-MM-JJ)") from None


def ancre(texte: str) -> tuple[int, str]:
    numero, deux_points, lettres = texte.partition(":")
    if not (deux_points and numero.isdigit() and lettres):
        raise ArgumentTypeError("une ancre s’écrit <numéro du sceau>:<cachet>")
    return int(numero), lettres


class Command(BaseCommand):
    help = "Recalcule les sceaux et les lignes du journal ; nomme ce qui a été modifié, supprimé ou ajouté."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--depuis", type=jour, help="ne relit que les lignes scellées depuis ce jour")
        parser.add_argument("--json", action="store_true", dest="en_json", help="écrit le résultat en JSON")
        parser.add_argument(
            "--ancre",
            type=ancre,
            action="append",
            default=[],
            dest="ancres",
            help="sceau noté à l’extérieur, <numéro>:<cachet> (plusieurs fois si besoin)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        rapport = verifier(options["depuis"], [*options["ancres"], *ancres_notees()])
        self.stdout.write(_en_json(rapport) if options["en_json"] else _en_mots(rapport))
        if not rapport.sain:
            raise CommandError("le journal ne s’accorde pas avec ses sceaux")


def _en_json(rapport: Rapport) -> str:
    dit = {
        "sain": rapport.sain, "sceaux": rapport.sceaux, "lignes": rapport.lignes, "reprises": rapport.reprises,
        "tete": rapport.tete, "cachet": rapport.cachet, "nombre": rapport.nombre,
        "anomalies": [asdict(anomalie) for anomalie in rapport.anomalies],
    }  # fmt: skip
    return json.dumps(dit, ensure_ascii=False)


def _en_mots(rapport: Rapport) -> str:
    lignes = [anomalie.message for anomalie in rapport.anomalies]
    if rapport.nombre > len(lignes):
        lignes.append(f"… et {rapport.nombre - len(lignes)} autres anomalies.")
    lignes.append(f"{rapport.lignes} lignes relues, {rapport.sceaux} sceaux, {rapport.nombre} anomalies.")
    if rapport.reprises:
        lignes.append(f"{rapport.reprises} lignes, d’avant les marques, n’ont que leur sceau.")
    if rapport.tete:
        lignes.append(f"Dernier sceau : {rapport.tete}:{rapport.cachet}")
    return "\n".join(lignes)
