// A menu made of <details> also closes on Escape and on a click elsewhere.
const ouverts = () => document.querySelectorAll("details[data-menu][open]");

export function menus() {
  document.addEventListener("keydown", (evenement) => {
    if (evenement.key !== "Escape") return;
    for (const menu of ouverts()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (evenement) => {
    for (const menu of ouverts()) if (!menu.contains(evenement.target)) menu.open = false;
  });
}
