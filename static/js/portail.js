// Entry point: each module improves what the page already does without it.
import { raccourciRecherche } from "./raccourci.js";
import { menus } from "./menu.js";
import { envoiUnique } from "./envoi_unique.js";
import { zonesDeDepot } from "./depot.js";
import { finDeSession } from "./session.js";
import { prendreFocus } from "./focus.js";
import { brouillons } from "./brouillon.js";

raccourciRecherche();
menus();
envoiUnique();
finDeSession();
zonesDeDepot(document);
prendreFocus(document);
brouillons(document);
document.addEventListener("htmx:load", (evenement) => {
  zonesDeDepot(evenement.target);
  prendreFocus(evenement.target);
});
document.addEventListener("du:page", () => {
  window.htmx?.process(document.body);
  finDeSession();
  zonesDeDepot(document);
  prendreFocus(document);
  brouillons(document);
});
