// Two minutes before the session ends by inactivity, say so and offer to stay.
const PREAVIS = 120;
let echeance;

function annonce(prolonger) {
  const boite = document.createElement("div");
  boite.className = "fin-session";
  boite.setAttribute("role", "alertdialog");
  boite.setAttribute("aria-labelledby", "fin-session-titre");
  const titre = document.createElement("p");
  titre.id = "fin-session-titre";
  titre.textContent = "Votre session prend fin dans moins de deux minutes, faute d’activité.";
  const bouton = document.createElement("button");
  bouton.type = "button";
  bouton.className = "bouton bouton--fort";
  bouton.textContent = "Rester connecté";
  bouton.addEventListener("click", () => prolonger(boite));
  boite.append(titre, bouton);
  document.body.append(boite);
  bouton.focus();
  return boite;
}

export function finDeSession() {
  clearTimeout(echeance);
  const { sessionInactivite, sessionProlonger } = document.body.dataset;
  if (!sessionInactivite || !sessionProlonger) return;
  const duree = Number(sessionInactivite);

  const programmer = () => {
    clearTimeout(echeance);
    echeance = setTimeout(() => annonce(prolonger), Math.max(duree - PREAVIS, 5) * 1000);
  };
  const prolonger = async (boite) => {
    const jeton = document.querySelector('input[name="csrfmiddlewaretoken"]')?.value ?? "";
    const reponse = await fetch(sessionProlonger, { method: "POST", headers: { "X-CSRFToken": jeton }, redirect: "manual" });
    if (reponse.status === 204) {
      boite.remove();
      programmer();
    } else {
      boite.firstChild.textContent = "La session est terminée. Gardez une copie de ce que vous avez écrit, puis reconnectez-vous.";
      boite.lastChild.remove();
    }
  };
  programmer();
  document.body.addEventListener("htmx:afterRequest", programmer);
}
