// What is typed is kept by the portal, encrypted, while one types: a session that ends loses nothing.
import { actif } from "./session.js";

const PAUSE = 4000;
const SANS = "[type=hidden], [type=password], [type=file], [type=submit], [type=button]";
const FERMEES = /^\/(compte|session|brouillons|demo)\//;
const suivis = new Map();

const page = () => location.pathname + location.search;
const jeton = () => document.querySelector('input[name="csrfmiddlewaretoken"]')?.value ?? "";

function action(formulaire) {
  const adresse = new URL(formulaire.getAttribute("action") || location.href, location.href);
  return adresse.pathname + adresse.search;
}

function seGarde(formulaire) {
  if (formulaire.method !== "post" || formulaire.matches("[data-sans-brouillon]")) return false;
  return !FERMEES.test(action(formulaire)) && [...formulaire.elements].some((e) => e.name && e.matches("input, textarea, select") && !e.matches(SANS));
}

function champs(formulaire) {
  const secrets = new Set([...formulaire.elements].filter((e) => e.matches("[type=password]")).map((e) => e.name));
  return [...new FormData(formulaire)].filter(([nom, valeur]) => typeof valeur === "string" && !secrets.has(nom) && nom !== "csrfmiddlewaretoken" && nom !== "_brouillon");
}

const visibles = (formulaire, liste) => {
  const caches = new Set([...formulaire.elements].filter((e) => e.matches("[type=hidden]")).map((e) => e.name));
  return JSON.stringify(liste.filter(([nom, valeur]) => valeur && !caches.has(nom)));
};

const envoyer = (adresse, donnees, garder = false) =>
  fetch(adresse, {
    method: "POST", body: new URLSearchParams(donnees), redirect: "error", keepalive: garder,
    headers: { "X-CSRFToken": jeton(), "X-Brouillon": "1" },
  });

function marquer(formulaire, reference) {
  let cache = formulaire.elements._brouillon;
  if (!cache) {
    cache = Object.assign(document.createElement("input"), { type: "hidden", name: "_brouillon" });
    formulaire.append(cache);
  }
  cache.value = reference;
}

async function sauver(formulaire, partant = false) {
  const suivi = suivis.get(formulaire);
  clearTimeout(suivi.minuterie);
  if (!suivi.touche || suivi.envoye) return;
  suivi.touche = false;
  try {
    const reponse = await envoyer(document.body.dataset.brouillons, { page: page(), action: action(formulaire), champs: JSON.stringify(champs(formulaire)) }, partant);
    const { reference } = await reponse.json();
    if (reference) marquer(formulaire, reference);
    actif();
  } catch {
    suivi.touche = true;
  }
}

function remplir(formulaire, liste) {
  const valeurs = new Map();
  for (const [nom, valeur] of liste) valeurs.set(nom, [...(valeurs.get(nom) ?? []), valeur]);
  for (const element of formulaire.elements) {
    if (!element.name || element.matches(SANS) || !element.matches("input, textarea, select")) continue;
    const voulues = valeurs.get(element.name) ?? [];
    if (element.matches("[type=checkbox], [type=radio]")) element.checked = voulues.includes(element.value);
    else if (element.matches("select[multiple]")) [...element.options].forEach((o) => { o.selected = voulues.includes(o.value); });
    else if (voulues.length) element.value = voulues.shift();
    element.dispatchEvent(new Event("input", { bubbles: true }));
    element.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function proposer(formulaire, brouillon) {
  const avis = Object.assign(document.createElement("div"), { className: "avis avis--attente brouillon" });
  avis.setAttribute("role", "status");
  const bouton = (texte, classe, geste) => {
    const b = Object.assign(document.createElement("button"), { type: "button", className: `bouton bouton--petit ${classe}`, textContent: texte });
    b.addEventListener("click", () => {
      geste();
      avis.remove();
      formulaire.querySelector("input:not([type=hidden]), textarea, select")?.focus();
    });
    return b;
  };
  const gestes = Object.assign(document.createElement("p"), { className: "gestes" });
  gestes.append(
    bouton("Reprendre ma saisie", "", () => {
      remplir(formulaire, brouillon.champs);
      marquer(formulaire, brouillon.reference);
    }),
    bouton("L’effacer", "", () => envoyer(`${document.body.dataset.brouillons}${brouillon.reference}/effacer/`, {})),
  );
  avis.append(Object.assign(document.createElement("p"), { textContent: `Une saisie non envoyée a été gardée (${brouillon.quand}).` }), gestes);
  formulaire.before(avis);
}

async function retrouver(formulaires) {
  try {
    const reponse = await envoyer(`${document.body.dataset.brouillons}page/`, { page: page() });
    for (const brouillon of (await reponse.json()).brouillons) {
      const formulaire = formulaires.find((f) => action(f) === brouillon.action && !f.elements._brouillon);
      if (!formulaire) continue;
      if (visibles(formulaire, brouillon.champs) === visibles(formulaire, champs(formulaire))) marquer(formulaire, brouillon.reference);
      else proposer(formulaire, brouillon);
    }
  } catch {
    // Without the portal's answer the page works as it would without this help.
  }
}

export function brouillons(racine) {
  if (!document.body.dataset.brouillons) return;
  const formulaires = [...racine.querySelectorAll("main form")].filter((f) => !suivis.has(f) && seGarde(f));
  for (const formulaire of formulaires) {
    const suivi = { touche: false, envoye: false };
    suivis.set(formulaire, suivi);
    formulaire.addEventListener("input", (evenement) => {
      if (!evenement.isTrusted) return;
      suivi.touche = true;
      clearTimeout(suivi.minuterie);
      suivi.minuterie = setTimeout(() => sauver(formulaire), PAUSE);
    });
    formulaire.addEventListener("submit", () => { suivi.envoye = true; });
  }
  if (formulaires.length) retrouver(formulaires);
}

document.addEventListener("du:fin-proche", () => suivis.forEach((_, formulaire) => sauver(formulaire)));
window.addEventListener("pagehide", () => suivis.forEach((_, formulaire) => sauver(formulaire, true)));
window.addEventListener("pageshow", () => suivis.forEach((suivi) => { suivi.envoye = false; }));
