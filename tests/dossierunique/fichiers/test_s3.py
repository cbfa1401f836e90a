"""The same deposit on an S3 bucket, through django-storages."""

import boto3
import pytest
from moto import mock_aws

from dossierunique.fichiers import entrepot, lecture
from dossierunique.fichiers.depot import deposer

pytestmark = pytest.mark.django_db


@pytest.fixture
def seau(settings, monkeypatch):
    for nom in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(nom, "essai")
    with mock_aws():
        boto3.client("s3", region_name="eu-west-3").create_bucket(
            Bucket="dossier-unique", CreateBucketConfiguration={"LocationConstraint": "eu-west-3"}
        )
        settings.STORAGES = {
            **settings.STORAGES,
            "fichiers": {
                "BACKEND": "storages.backends.s3.S3Storage",
                "OPTIONS": {
                    "bucket_name": "dossier-unique",
                    "region_name": "eu-west-3",
                    "file_overwrite": False,
                },
            },
        }
        yield boto3.resource("s3", region_name="eu-west-3").Bucket("dossier-unique")


def test_aller_retour_s3(seau, televerser, acteur, photo):
    fichier = deposer(televerser(photo, "Reçu d’hôpital.jpg"), cree_par=acteur)
    (objet,) = seau.objects.all()
    assert objet.key == fichier.chemin and "Reçu" not in objet.key
    assert b"%PDF" not in objet.get()["Body"].read()
    assert len(lecture.lire(fichier)) == fichier.taille
    assert list(entrepot.inventaire()) == [fichier.chemin]


def test_objet_absent_de_s3(seau, televerser, acteur, pdf):
    fichier = deposer(televerser(pdf), cree_par=acteur)
    entrepot.retirer(fichier.chemin)
    with pytest.raises(lecture.FichierAltere):
        lecture.lire(fichier)
