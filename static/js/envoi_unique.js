// A form leaves once: its buttons sleep after the first submission and wake up when one comes back.
const envoyes = new Set();

function endormir(formulaire, endormi) {
  for (const bouton of formulaire.querySelectorAll('button[type="submit"], button:not([type])')) {
    bouton.disabled = endormi;
  }
  if (endormi) formulaire.setAttribute("aria-busy", "true");
  else formulaire.removeAttribute("aria-busy");
}

export function reveiller(formulaire) {
  envoyes.delete(formulaire);
  endormir(formulaire, false);
}

export function envoiUnique() {
  document.addEventListener("submit", (evenement) => {
    const formulaire = evenement.target;
    if (evenement.defaultPrevented || formulaire.method !== "post") return;
    if (formulaire.matches("[data-plusieurs-envois], [hx-post], [data-hx-post]")) return;
    if (envoyes.has(formulaire)) {
      evenement.preventDefault();
      return;
    }
    envoyes.add(formulaire);
    // After the browser has read the form: a disabled button would not send its own value.
    setTimeout(() => endormir(formulaire, true));
  });
  window.addEventListener("pageshow", () => [...envoyes].forEach(reveiller));
}
