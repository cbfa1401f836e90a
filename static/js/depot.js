// Files: drop them on the zone, see their size, and follow the real progress of the transfer.
import { reveiller } from "./envoi_unique.js";
import { reprendreFocus } from "./focus.js";

const POIDS = new Intl.NumberFormat("fr-FR", { maximumFractionDigits: 1 });

function poids(octets) {
  if (octets < 1000) return `${octets}\u00a0octets`;
  return octets < 1e6 ? `${Math.round(octets / 1000)}\u00a0Ko` : `${POIDS.format(octets / 1e6)}\u00a0Mo`;
}

function annoncer(zone, champ) {
  const liste = zone.querySelector(".depot__liste");
  liste.replaceChildren(
    ...[...champ.files].map((fichier) => {
      const ligne = document.createElement("li");
      ligne.textContent = `${fichier.name} (${poids(fichier.size)})`;
      return ligne;
    }),
  );
}

function accueillirGlisse(zone, champ) {
  const surligner = (oui) => zone.classList.toggle("depot--survol", oui);
  zone.addEventListener("dragover", (evenement) => {
    evenement.preventDefault();
    surligner(true);
  });
  zone.addEventListener("dragleave", () => surligner(false));
  zone.addEventListener("drop", (evenement) => {
    evenement.preventDefault();
    surligner(false);
    const recus = new DataTransfer();
    const fichiers = [...evenement.dataTransfer.files];
    for (const fichier of champ.multiple ? fichiers : fichiers.slice(0, 1)) recus.items.add(fichier);
    champ.files = recus.files;
    champ.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

function jauge(formulaire) {
  const bloc = document.createElement("div");
  bloc.className = "envoi";
  const barre = Object.assign(document.createElement("progress"), { max: 100, value: 0 });
  barre.setAttribute("aria-label", "Envoi du fichier");
  const texte = document.createElement("p");
  texte.className = "petit doux";
  texte.setAttribute("role", "status");
  bloc.append(barre, texte);
  formulaire.append(bloc);
  return { bloc, barre, texte };
}

// The answer takes the place of the page, as the browser would have done; portail.js wakes it up.
// Asking again for the page that the redirection led to would lose its message, and be journalled twice.
function remplacerPage(requete, place) {
  if (!requete.getResponseHeader("Content-Type")?.startsWith("text/html")) return location.assign(requete.responseURL);
  const recue = new DOMParser().parseFromString(requete.responseText, "text/html");
  if (requete.responseURL !== location.href) {
    history.pushState({}, "", requete.responseURL);
    window.addEventListener("popstate", () => location.reload(), { once: true });
  }
  document.title = recue.title;
  document.body.replaceWith(document.adoptNode(recue.body));
  window.scrollTo(0, 0);
  document.dispatchEvent(new CustomEvent("du:page"));
  reprendreFocus(place);
}

function envoyer(formulaire, donnees, adresse, bouton) {
  const { bloc, barre, texte } = jauge(formulaire);
  const requete = new XMLHttpRequest();
  requete.open("POST", adresse);
  requete.upload.addEventListener("progress", (e) => {
    if (!e.lengthComputable) return;
    barre.value = (100 * e.loaded) / e.total;
    texte.textContent = `${poids(e.loaded)} sur ${poids(e.total)}`;
  });
  requete.upload.addEventListener("load", () => {
    barre.removeAttribute("value");
    texte.textContent = "Fichier reçu, vérification en cours…";
  });
  requete.addEventListener("error", () => {
    bloc.remove();
    reveiller(formulaire);
    const alerte = document.createElement("p");
    alerte.className = "message message--error";
    alerte.setAttribute("role", "alert");
    alerte.textContent = "La connexion s’est interrompue, rien n’a été enregistré. Vous pouvez recommencer.";
    formulaire.prepend(alerte);
    bouton?.focus();
  });
  requete.addEventListener("load", () => remplacerPage(requete, formulaire.closest("[id]")?.id));
  requete.send(donnees);
}

function suivreEnvoi(formulaire, champ) {
  if (formulaire.dataset.suivi) return;
  formulaire.dataset.suivi = "oui";
  formulaire.addEventListener("submit", (evenement) => {
    const porteFichier = [...formulaire.querySelectorAll('input[type="file"]')].some((c) => c.files.length);
    if (!porteFichier || formulaire.matches("[hx-post], [data-hx-post]")) return;
    evenement.preventDefault();
    if (formulaire.getAttribute("aria-busy")) return;
    const bouton = evenement.submitter;
    const donnees = new FormData(formulaire, bouton);
    formulaire.setAttribute("aria-busy", "true");
    for (const autre of formulaire.querySelectorAll("button")) autre.disabled = true;
    envoyer(formulaire, donnees, bouton?.getAttribute("formaction") || formulaire.getAttribute("action") || location.href, bouton);
  });
}

export function zonesDeDepot(racine) {
  for (const zone of racine.querySelectorAll("[data-depot]")) {
    const champ = zone.querySelector('input[type="file"]');
    if (!champ || zone.dataset.pret) continue;
    zone.dataset.pret = "oui";
    zone.querySelector(".depot__invite").hidden = false;
    champ.addEventListener("change", () => annoncer(zone, champ));
    accueillirGlisse(zone, champ);
    if (champ.form) suivreEnvoi(champ.form, champ);
  }
}
