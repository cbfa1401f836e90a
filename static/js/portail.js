// Entry point: each module improves what the page already does without it.
import { raccourciRecherche } from "./raccourci.js";
import { liensCourants, menus } from "./menu.js";
import { envoiUnique } from "./envoi_unique.js";
import { zonesDeDepot } from "./depot.js";
import { finDeSession } from "./session.js";
import { gardeFocus, prendreFocus } from "./focus.js";
import { accesUrgence } from "./urgence.js";
import { brouillons } from "./brouillon.js";

raccourciRecherche();
menus();
liensCourants();
envoiUnique();
finDeSession();
zonesDeDepot(document);
prendreFocus(document);
gardeFocus();
accesUrgence();
brouillons(document);
document.addEventListener("htmx:load", (evenement) => {
  zonesDeDepot(evenement.target);
  prendreFocus(evenement.target);
});
document.addEventListener("du:page", () => {
  window.htmx?.process(document.body);
  liensCourants();
  finDeSession();
  zonesDeDepot(document);
  prendreFocus(document);
  accesUrgence();
  brouillons(document);
});
