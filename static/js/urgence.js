// The banner of a bris de glace: minutes left, and away from the page when they are over.
const MINUTE = 60000;
let horloge;

export function accesUrgence() {
  clearInterval(horloge);
  const bandeau = document.querySelector("[data-urgence]");
  if (!bandeau) return;
  const fin = Date.parse(bandeau.dataset.urgenceFin);
  const reste = bandeau.querySelector("[data-urgence-reste]");
  horloge = setInterval(() => {
    const minutes = Math.ceil((fin - Date.now()) / MINUTE);
    if (minutes <= 0) {
      clearInterval(horloge);
      location.assign(bandeau.dataset.urgenceVers);
    } else {
      reste.textContent = `${minutes}\u00a0${minutes < 2 ? "minute" : "minutes"}`;
    }
  }, 5000);
}
