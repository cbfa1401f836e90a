"""What the main job leaves in the database, the journal, the mailbox and the logs."""

import re
from typing import Any

from tests.navigateur import gestes

NIR = gestes.NIR.replace(" ", "")
ADRESSES = "{}@demo.example"


def pieces(affaire: Any) -> dict[str, str]:
    """Reference of the last paper of each kind."""
    return dict(
        affaire.demo.lignes(
            "SELECT t.code, j.reference::text FROM dossiers_justificatif j "
            "JOIN dossiers_type_piece t ON t.id = j.type_id "
            "JOIN dossiers_demande d ON d.id = j.demande_id WHERE d.numero = %s ORDER BY j.id",
            affaire.demande,
        )
    )


def base(affaire: Any) -> None:
    """States, shares as periods, contributions, plan."""
    lire, demande = affaire.demo.lignes, affaire.demande
    assert lire(
        "SELECT etat, cout, montant_cnmss, reste_a_charge FROM dossiers_demande WHERE numero = %s", demande
    ) == [("notifiee", 720, 360, 80)]
    assert lire(
        "SELECT o.code, c.etat, c.montant, c.commentaire, c.date_effet::text FROM dossiers_contribution c "
        "JOIN partners_organisme o ON o.id = c.organisme_id JOIN dossiers_demande d ON d.id = c.demande_id "
        "WHERE d.numero = %s ORDER BY o.code",
        demande,
    ) == [
        ("asd", "accord", 100, "Secours du mois.", gestes.aujourdhui()),
        ("uneo", "accord", 180, "Forfait famille.", gestes.aujourdhui()),
    ]
    partages = lire(
        "SELECT coalesce(o.code, 'unite'), p.nature, p.retire_le IS NULL FROM dossiers_partage p "
        "LEFT JOIN partners_organisme o ON o.id = p.organisme_id JOIN dossiers_dossier d ON d.id = p.dossier_id "
        "WHERE d.numero = %s",
        affaire.dossier,
    )
    assert sorted(partages) == [
        ("asd", "consentement", True),
        ("cnmss", "mission", True),
        ("uneo", "consentement", False),
        ("unite", "unite", True),
    ]
    etats = lire(
        "SELECT t.code, j.etat FROM dossiers_justificatif j JOIN dossiers_type_piece t ON t.id = j.type_id "
        "JOIN dossiers_demande d ON d.id = j.demande_id WHERE d.numero = %s ORDER BY t.code, j.id",
        demande,
    )
    assert etats == [
        ("avis-imposition", "valide"), ("avis-imposition", "valide"), ("certificat-medical", "a_verifier"),
        ("devis", "remplace"), ("devis", "valide"), ("livret-famille", "valide"), ("rib", "valide"),
    ]  # fmt: skip


def journal(affaire: Any) -> None:
    """One row for each page or document of the dossier that was read, by the one who read it; and the refusals."""
    lignes = affaire.demo.lignes(
        "SELECT l.requete_id, u.username, l.action FROM journal_ligne l "
        "JOIN partners_utilisateur u ON u.id = l.utilisateur_id WHERE l.objet = %s",
        affaire.dossier,
    )
    lus = 0
    for compte, poste in affaire.postes.items():
        for chemin, requete in poste.lectures:
            siennes = [(qui, acte) for trouvee, qui, acte in lignes if trouvee == requete]
            assert len(siennes) == 1, (compte, chemin, siennes)
            assert siennes[0][0] == compte
            assert siennes[0][1] in ("consulter", "telecharger"), (chemin, siennes)
            lus += 1
    assert lus > 40
    refus = {qui for _, qui, acte in lignes if acte == "refus"}
    assert {"mspp", "uneo", "gestionnaire"} <= refus
    faits = {acte for _, qui, acte in lignes if qui == "correspondant"}
    assert {"creer", "modifier", "consulter", "imprimer"} & faits >= {"creer", "modifier", "consulter"}


def courriels(affaire: Any) -> None:
    """Sent to whom it concerns, with a number and a link, and nothing else about the person."""
    siens = [m for m in affaire.demo.courriels() if affaire.demande in m.get_body(("plain",)).get_content()]
    recus: dict[str, set[str]] = {}
    for message in siens:
        corps = "".join(partie.get_content() for partie in message.walk() if not partie.is_multipart())
        recus.setdefault(message["To"], set()).add(message.get_body(("plain",)).get_content())
        assert f"{affaire.demo.adresse}/notifications/" in corps
        lu = f"{message['Subject']} {message['To']} {message['Message-ID']} {corps}"
        assert not re.search(rf"hara|maëlle|{NIR}|2 84 05|bayonne|360,00|accord partiel", lu, re.I)
    for compte, annonces in {
        "correspondant": ("Des pièces sont demandées", "Une pièce est rejetée", "La décision est notifiée"),
        "asd": ("Une demande est déposée", "La décision est notifiée"),
        "uneo": ("Une demande est déposée", "La décision est notifiée"),
        "gestionnaire": ("Une demande est déposée", "Un partenaire a répondu"),
    }.items():
        for annonce in annonces:
            assert any(annonce in texte for texte in recus[ADRESSES.format(compte)]), (compte, annonce)
    assert ADRESSES.format("mspp") not in recus
    assert ADRESSES.format("correspondant2") not in recus


def nir_nulle_part(affaire: Any) -> None:
    """The NIR is in clear in no table, no log, no e-mail and no file name."""
    demo = affaire.demo
    formes = (NIR, NIR[:13], gestes.NIR, NIR.encode().hex())
    tables = demo.lignes(
        "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    )
    for (table,) in tables:
        for forme in formes:
            assert demo.une(f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", f"%{forme}%") == 0, table
    for fichier in (demo.lieu.journaux).glob("*.log"):
        assert not any(forme in fichier.read_text(errors="replace") for forme in formes), fichier.name
    assert not any(forme in m.as_string() for m in demo.courriels() for forme in formes)
    assert not any(NIR[:13] in chemin.name for chemin in demo.lieu.fichiers.rglob("*"))
