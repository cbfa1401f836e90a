FROM python:3.11-slim-bookworm

# Pango is what WeasyPrint draws with; the wheels hold the rest.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*

RUN useradd --system --create-home --uid 10001 portail \
    && install -d -o portail -g portail /donnees/fichiers
WORKDIR /portail

COPY requirements/base.lock requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/base.lock

COPY . .
# Static files hold no secret: they are gathered with the common settings and a key that serves nothing else.
RUN SECRET_KEY=construction DJANGO_SETTINGS_MODULE=dossierunique.settings.base \
    python manage.py collectstatic --noinput -v0

ENV DJANGO_SETTINGS_MODULE=dossierunique.settings.production \
    FICHIERS_RACINE=/donnees/fichiers \
    PYTHONUNBUFFERED=1
USER portail
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "dossierunique.wsgi:application", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4"]
