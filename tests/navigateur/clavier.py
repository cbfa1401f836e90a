"""A person who has no mouse: real keys only, and at each stop the focus must be seen."""

import re

from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.navigateur import gestes

PAS = 40  # stops that one accepts to walk through: beyond, the page is a maze
# Where the focus is, whether it is one of those looked for, and what is wrong with it. The outline may be drawn by
# what surrounds the element: a card to choose, the search of the header.
ARRET = """cibles => {
  const actif = document.activeElement;
  const dit = actif.outerHTML.slice(0, 120);
  if (actif === document.body) return { trouve: false, dit: "rien", defaut: "" };
  let trace = actif;
  while (trace && getComputedStyle(trace).outlineStyle === "none") trace = trace.parentElement;
  const cadre = actif.getBoundingClientRect();
  const entre = (valeur, limite) => Math.min(Math.max(valeur, 1), limite - 2);
  const x = entre(cadre.left + Math.min(cadre.width, innerWidth) / 2, innerWidth);
  const y = entre(cadre.top + Math.min(cadre.height, innerHeight) / 2, innerHeight);
  const dessus = document.elementFromPoint(x, y);
  let defaut = "";
  if (!trace && actif.tagName !== "MAIN") defaut = "sans contour";
  else if (cadre.width < 2 || cadre.bottom < 2 || cadre.top > innerHeight - 2) defaut = "hors de l’écran";
  else if (!dessus || !(actif.contains(dessus) || dessus.contains(actif)))
    defaut = `caché par ${dessus?.outerHTML.slice(0, 80)}`;
  return { trouve: cibles.includes(actif), dit, defaut };
}"""


class Clavier:
    """The keyboard of a page; `arrets` counts the stops of the focus."""

    def __init__(self, page: Page) -> None:
        self.page, self.arrets = page, 0
        # Somebody listens all the time: a key may be faster than the request to catch the window that it opens.
        page.on("filechooser", lambda _: None)

    def aller(self, cible: Locator, touche: str = "Tab", pas: int = PAS) -> None:
        """Press a key until the focus is on one of these elements, seen at each stop."""
        passes = []
        for _ in range(pas + 1):
            arret = cible.evaluate_all(ARRET)
            assert not arret["defaut"], f"{self.page.url} : focus {arret['defaut']} : {arret['dit']}"
            if arret["trouve"]:
                return
            passes.append(arret["dit"])
            self.page.keyboard.press(touche)
            self.arrets += 1
        raise AssertionError(f"{self.page.url} : {cible} ne s’atteint pas :\n" + "\n".join(passes))

    def aller_a(self, role: str, nom: str | re.Pattern[str], touche: str = "Tab") -> None:
        """Press Tab until the focus is on what has this role and this name."""
        self.aller(self.page.get_by_role(role, name=nom), touche)  # type: ignore[arg-type]

    def au_contenu(self) -> None:
        """The skip link, first stop of every page.

        After a form it is not needed: the new page inherits `#contenu` from the address of the one before.
        """
        if self.page.get_by_role("main").evaluate("e => e === document.activeElement"):
            return
        self.page.keyboard.press("Tab")
        expect(self.page.locator("*:focus")).to_have_text("Aller au contenu")
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_role("main")).to_be_focused()

    def presser(self, nom: str | re.Pattern[str], role: str = "button") -> None:
        """Walk to a button, or a link, and let it lead to another page."""
        self.aller_a(role, nom)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def suivre(self, nom: str | re.Pattern[str]) -> None:
        """Walk to a link and follow it."""
        self.presser(nom, "link")

    def ecrire(self, libelle: str, texte: str) -> None:
        """Walk to a field and type over what it holds."""
        self.aller(gestes.saisie(self.page, libelle))
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(texte)

    def dater(self, libelle: str, jour: str) -> None:
        """Walk to a date and type it, part after part in the order of the browser's language."""
        champ = gestes.saisie(self.page, libelle)
        annee, mois, quantieme = jour.split("-")
        for chiffres in (quantieme + mois + annee, mois + quantieme + annee):
            self.aller(champ)
            self.page.keyboard.type(chiffres)
            if champ.input_value() == jour:
                return
            # The year closes the field: back to its first part.
            self.page.keyboard.press("Shift+Tab")
            self.page.keyboard.press("Shift+Tab")
        raise AssertionError(f"{libelle} : {champ.input_value()}")

    def choisir(self, libelle: str, debut: str) -> None:
        """Walk to a list and type the first letters of an option."""
        champ = gestes.saisie(self.page, libelle)
        self.aller(champ)
        self.page.keyboard.type(debut)
        assert champ.evaluate("e => e.selectedOptions[0].text").startswith(debut)

    def repondre(
        self, groupe: str | re.Pattern[str], reponse: str | re.Pattern[str], role: str = "group"
    ) -> None:
        """Walk to a group of radio buttons, then with the arrows to one of them."""
        boutons = self.page.get_by_role(role, name=groupe).get_by_role("radio")  # type: ignore[arg-type]
        bouton = self.page.get_by_role(role, name=groupe).get_by_role("radio", name=reponse)  # type: ignore[arg-type]
        self.aller(boutons)
        self.aller(bouton, "ArrowDown", 10)
        if not bouton.is_checked():
            self.page.keyboard.press("Space")
        expect(bouton).to_be_checked()

    def joindre(self, libelle: str | re.Pattern[str], *fichiers: FilePayload | dict) -> None:
        """Walk to a field of files, and answer the window that it opens."""
        self.aller(self.page.get_by_label(libelle))
        with self.page.expect_file_chooser() as fenetre:
            self.page.keyboard.press("Enter")
        fenetre.value.set_files(list(fichiers))  # type: ignore[arg-type]
