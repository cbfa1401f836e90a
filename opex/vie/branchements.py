"""What this room registers with the house: words of the history, announcements, the page that shows the NIR."""

from dossiers.vues import PAGES_AVEC_NIR
from opex.vie import annonces, histoire
from opex.vie.views import avec_nir
from partners.organismes.models import Programme

histoire.brancher()
annonces.brancher()
PAGES_AVEC_NIR[Programme.OPEX] = avec_nir
