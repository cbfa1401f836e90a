"""The portal as in production; only its static files go to a throw-away folder."""

from dossierunique.settings.production import *

STATIC_ROOT = env.path("BENCH_STATIQUES")()
