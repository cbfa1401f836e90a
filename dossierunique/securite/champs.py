"""Model fields whose text is encrypted before it reaches the database."""

from typing import Any

from django import forms
from django.core import checks, validators
from django.core.exceptions import FieldError
from django.db import models

from dossierunique.securite.coffres import Coffre, exiger_ouvert, trousseau_de_textes
from dossierunique.securite.crypto import chiffrer, dechiffrer, trousseau


class ChampChiffre(models.Field):
    """Text stored encrypted; the context is « app.Model.field ».

    It cannot be searched: keep beside it a fingerprint (`crypto.empreinte`) to find it again.
    The context is written into migrations, so that a history table or a renamed model still decrypts.
    """

    description = "texte chiffré"
    empty_strings_allowed = True

    def __init__(self, *args: Any, contexte: str = "", **kwargs: Any) -> None:
        # dumpdata must not write it in clear.
        kwargs["serialize"] = False
        super().__init__(*args, **kwargs)
        self.contexte = contexte
        if self.max_length is not None:
            self.validators.append(validators.MaxLengthValidator(self.max_length))

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        if not self.contexte and not cls._meta.abstract:
            self.contexte = f"{cls._meta.label}.{name}"

    def deconstruct(self) -> Any:
        nom, chemin, args, kwargs = super().deconstruct()
        kwargs.pop("serialize", None)
        if self.contexte:
            kwargs["contexte"] = self.contexte
        return nom, chemin, args, kwargs

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        erreurs = super().check(**kwargs)
        if self.unique or getattr(self, "db_index", False):
            texte = "Un champ chiffré ne peut être ni indexé ni unique : indexer son empreinte."
            erreurs.append(checks.Error(texte, obj=self, id="securite.E001"))
        return erreurs

    def get_internal_type(self) -> str:
        return "BinaryField"

    def to_python(self, value: Any) -> str | None:
        return value if value is None else str(value)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:
        return None if value is None else dechiffrer(value, self.contexte)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None or hasattr(value, "as_sql"):
            return value
        return connection.Database.Binary(chiffrer(str(value), self.contexte))

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        return connection.ops.binary_placeholder_sql(value)

    def get_lookup(self, lookup_name: str) -> type[models.Lookup] | None:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self.contexte} est chiffré : chercher par son empreinte")

    def get_transform(self, lookup_name: str) -> None:
        raise FieldError(f"{self.contexte} est chiffré : chercher par son empreinte")

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return super().formfield(**{"form_class": forms.CharField, "max_length": self.max_length, **kwargs})


class TexteScelle:
    """The text of a safe as it comes from the database: still encrypted, and shown by nothing."""

    def __init__(self, octets: bytes, contexte: str, coffre: Coffre) -> None:
        self.octets, self._contexte, self._coffre = bytes(octets), contexte, coffre

    def __str__(self) -> str:
        return "●●●"

    __repr__ = __str__

    def ouvrir(self, coffre: Coffre) -> str:
        """The text, for who opens its safe. Raises CoffreFerme for another one."""
        exiger_ouvert(self._coffre, coffre)
        return dechiffrer(self.octets, self._contexte, trousseau(trousseau_de_textes(self._coffre)))


class ChampScelle(ChampChiffre):
    """A ChampChiffre under the keys of a safe. Reading the row gives a TexteScelle, that only `ouvrir` reads."""

    def __init__(self, *args: Any, coffre: str = Coffre.MEDICAL, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.coffre = Coffre(coffre)

    def deconstruct(self) -> Any:
        nom, chemin, args, kwargs = super().deconstruct()
        return nom, chemin, args, {**kwargs, "coffre": self.coffre.value}

    def to_python(self, value: Any) -> Any:
        return value if isinstance(value, TexteScelle) else super().to_python(value)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return None if value is None else TexteScelle(value, self._contexte_scelle, self.coffre)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None or hasattr(value, "as_sql"):
            return value
        if isinstance(value, TexteScelle):
            return connection.Database.Binary(value.octets)
        cles = trousseau(trousseau_de_textes(self.coffre))
        return connection.Database.Binary(chiffrer(str(value), self._contexte_scelle, cles))

    @property
    def _contexte_scelle(self) -> str:
        # The safe is authenticated too: a text moved from one to another does not decrypt there.
        return f"{self.coffre}:{self.contexte}"
