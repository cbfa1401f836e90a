// Two minutes before the session ends by inactivity, say so and offer to stay; whatever tab was last active counts.
const PREAVIS = 120, PAS = 60;
const autres = "BroadcastChannel" in window ? new BroadcastChannel("du-session") : null;
let minuteries = [], boite, branche = false;

// The server dates a session once in a while only: what it remembers may be that much older than the last page.
const reglage = () => {
  const duree = Number(document.body.dataset.sessionInactivite);
  return { duree, preavis: Math.min(PREAVIS, duree / 2), pas: Math.min(PAS, duree / 20) };
};

// Closed, a dialog gives the focus back to where one was writing; taken away while open, it would lose it.
function fermer() {
  boite?.close();
  boite?.remove();
  boite = undefined;
}

function annoncer(preavis) {
  document.dispatchEvent(new Event("du:fin-proche"));
  fermer();
  boite = document.createElement("dialog");
  boite.className = "fin-session";
  boite.setAttribute("role", "alertdialog");
  boite.setAttribute("aria-labelledby", "fin-session-titre");
  boite.setAttribute("aria-describedby", "fin-session-texte");
  const minutes = Math.max(1, Math.round(preavis / 60));
  boite.append(
    Object.assign(document.createElement("h2"), { id: "fin-session-titre", textContent: `Votre session prend fin dans ${minutes} minute${minutes > 1 ? "s" : ""}` }),
    Object.assign(document.createElement("p"), { id: "fin-session-texte", textContent: "Faute d’activité, par prudence. Ce que vous avez écrit est gardé." }),
    Object.assign(document.createElement("button"), { type: "button", className: "bouton bouton--fort", textContent: "Rester connecté" }),
  );
  boite.lastChild.addEventListener("click", prolonger);
  boite.addEventListener("cancel", (evenement) => { evenement.preventDefault(); prolonger(); });
  document.body.append(boite);
  boite.showModal();
}

function terminer() {
  if (!boite) return;
  boite.querySelector("h2").textContent = "Votre session est terminée";
  boite.querySelector("p").textContent = "Ce que vous aviez écrit est gardé : reconnectez-vous pour le retrouver.";
  boite.querySelector("button").replaceWith(
    Object.assign(document.createElement("a"), { className: "bouton bouton--fort", href: location.href, textContent: "Se reconnecter" }),
  );
  // The dialog was read when it opened: what changed in it is read with the link.
  boite.querySelector("a").setAttribute("aria-describedby", "fin-session-titre fin-session-texte");
  boite.querySelector("a").focus();
}

async function prolonger() {
  const jeton = document.querySelector('input[name="csrfmiddlewaretoken"]')?.value ?? "";
  const reponse = await fetch(document.body.dataset.sessionProlonger, { method: "POST", headers: { "X-CSRFToken": jeton }, redirect: "manual" });
  if (reponse.status === 204) actif();
  else terminer();
}

function programmer() {
  minuteries.forEach(clearTimeout);
  fermer();
  const { duree, preavis, pas } = reglage();
  const fin = duree - pas;
  minuteries = [setTimeout(() => annoncer(preavis), Math.max(fin - preavis, 1) * 1000), setTimeout(terminer, (fin + 2 * pas) * 1000)];
}

// Something of this tab reached the server: the session starts afresh, here and in the other tabs.
export function actif() {
  programmer();
  autres?.postMessage("actif");
}

export function finDeSession() {
  if (!document.body.dataset.sessionInactivite || !document.body.dataset.sessionProlonger) return;
  actif();
  if (branche) return;
  branche = true;
  autres?.addEventListener("message", programmer);
  document.body.addEventListener("htmx:afterRequest", actif);
}
