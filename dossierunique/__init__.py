"""Dossier unique: one shared electronic file per person, opened and shared with her explicit consent."""

from dossierunique.celery import app as celery_app

__all__ = ["celery_app"]
