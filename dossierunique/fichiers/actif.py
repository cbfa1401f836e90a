"""Removes from a PDF all that acts, calls out or hides: scripts, actions, attachments, rich media."""

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

ACTIONS_PERMISES = {"/GoTo", "/Named", "/URI"}
ANNOTATIONS_INTERDITES = {"/RichMedia", "/Movie", "/Sound", "/Screen", "/3D", "/FileAttachment"}
CLES_INTERDITES = (
    "/AA",
    "/OpenAction",
    "/JS",
    "/JavaScript",
    "/XFA",
    "/EmbeddedFiles",
    "/EF",
    "/AF",
    "/RichMediaContent",
)
CLES_D_ACTION = ("/A", "/PA", "/Next")


def desarmer(pdf: Pdf) -> None:
    """Strip every object of `pdf`, wherever it hangs; what nothing points to is not written again."""
    for objet in pdf.objects:
        _parcourir(objet)
    racine = pdf.Root
    for cle in ("/OpenAction", "/AA", "/Collection"):
        if cle in racine:
            del racine[cle]


def _parcourir(objet: Object) -> None:
    """Strip one object and what it holds directly (its indirect children come in their own turn)."""
    pile = [objet]
    while pile:
        courant = pile.pop()
        if isinstance(courant, (Dictionary, Stream)):
            _epurer(courant)
            enfants = [valeur for _, valeur in courant.items()]
        elif isinstance(courant, Array):
            _retirer_annotations(courant)
            enfants = list(courant)
        else:
            continue
        pile += [e for e in enfants if isinstance(e, Object) and not e.is_indirect and _compose(e)]


def _compose(objet: Object) -> bool:
    return isinstance(objet, (Dictionary, Array))


def _epurer(objet: Object) -> None:
    for cle in CLES_INTERDITES:
        if cle in objet:
            del objet[cle]
    for cle in CLES_D_ACTION:
        if cle in objet and _action_interdite(objet[cle]):
            del objet[cle]


def _action_interdite(valeur: Object) -> bool:
    if isinstance(valeur, Array):
        return any(_action_interdite(element) for element in valeur)
    if not isinstance(valeur, Dictionary) or "/S" not in valeur:
        return False
    return str(valeur["/S"]) not in ACTIONS_PERMISES and (
        valeur.get("/Type") in (None, Name.Action) and _ressemble_a_une_action(valeur)
    )


def _ressemble_a_une_action(valeur: Object) -> bool:
    # Structure elements also have /S and /A; their /A holds attribute owners (/O), never a type of action.
    return "/O" not in valeur and "/K" not in valeur


def _retirer_annotations(tableau: Object) -> None:
    for rang in range(len(tableau) - 1, -1, -1):
        element = tableau[rang]
        if isinstance(element, Dictionary) and str(element.get("/Subtype", "")) in ANNOTATIONS_INTERDITES:
            del tableau[rang]
