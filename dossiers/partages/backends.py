"""One vocabulary of permissions: `user.has_perm("dossiers.consulter", dossier)`."""

from typing import Any

from django.contrib.auth.backends import BaseBackend

from dossiers.partages.models import Dossier


class PermissionsDossier(BaseBackend):
    """Answers from the acting habilitation and the shares, then the named exceptions of django-guardian."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Whether the user, acting under her current habilitation, may read this dossier."""
        habilitation = getattr(user_obj, "habilitation_active", None)
        if perm != "dossiers.consulter" or not isinstance(obj, Dossier) or habilitation is None:
            return False
        return Dossier.objects.filter(pk=obj.pk).visibles_par(habilitation).exists()
