// Advice beside a new password, counted here: nothing of it leaves the page before the form is sent.
const ALPHABETS = [[/[a-z]/, 26], [/[A-Z]/, 26], [/[0-9]/, 10], [/[^a-zA-Z0-9]/, 37]];
const LONGUEUR = 12, BITS = 80;
const nu = (texte) => texte.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

function conseil(mot, propres) {
  if (!mot) return ["", ""];
  if (mot.length < LONGUEUR) return ["court", `Encore ${LONGUEUR - mot.length} caractère${LONGUEUR - mot.length > 1 ? "s" : ""} au moins.`];
  if (propres.some((propre) => nu(mot).includes(propre))) return ["faible", "Il contient votre nom ou votre identifiant : un autre y penserait aussi."];
  if (/^(.{1,4})\1+$/.test(mot)) return ["faible", "Une répétition se devine vite : écrivez plutôt plusieurs mots."];
  const alphabet = ALPHABETS.reduce((somme, [motif, taille]) => somme + (motif.test(mot) ? taille : 0), 0);
  if (Math.round(mot.length * Math.log2(alphabet)) < BITS) return ["faible", "Allongez-le, ou mêlez majuscules, chiffres et signes."];
  return ["bon", "Assez long et assez varié. Le portail vérifiera encore qu’il ne se devine pas."];
}

for (const champ of document.querySelectorAll("[data-conseils]")) {
  const avis = document.createElement("p");
  avis.className = "champ__force";
  avis.setAttribute("aria-live", "polite");
  champ.after(avis);
  const propres = nu(champ.dataset.conseils).split(/[\s.\-]+/).filter((mot) => mot.length > 2);
  champ.addEventListener("input", () => {
    [avis.dataset.force, avis.textContent] = conseil(champ.value, propres);
  });
}
