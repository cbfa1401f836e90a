// A menu made of <details> also closes on Escape, on a click elsewhere and when the focus leaves it.
const ouverts = () => document.querySelectorAll("details[data-menu][open]");

export function menus() {
  document.addEventListener("keydown", (evenement) => {
    if (evenement.key !== "Escape") return;
    for (const menu of ouverts()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  for (const ailleurs of ["click", "focusin"]) {
    document.addEventListener(ailleurs, (evenement) => {
      for (const menu of ouverts()) if (!menu.contains(evenement.target)) menu.open = false;
    });
  }
}

// On a phone a row of links scrolls sideways: the current one is brought into sight.
export function liensCourants() {
  for (const lien of document.querySelectorAll("nav a[aria-current]")) {
    let rangee = lien.parentElement;
    while (rangee.tagName !== "NAV" && rangee.scrollWidth <= rangee.clientWidth) rangee = rangee.parentElement;
    const ecart = lien.getBoundingClientRect().left - rangee.getBoundingClientRect().left;
    rangee.scrollLeft += ecart - (rangee.clientWidth - lien.offsetWidth) / 2;
  }
}
