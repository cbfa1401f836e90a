// After a refused form, reading starts at the summary of errors.
export function prendreFocus(racine) {
  racine.querySelector("[data-prendre-focus]")?.focus();
}

const perdu = () => document.activeElement === document.body || !document.activeElement;

function donnerFocus(element, options) {
  if (!element.matches("a[href], button, input, select, textarea, [tabindex]")) element.tabIndex = -1;
  element.focus(options);
}

// A page took the place of another: one goes on from the same place in it, or from its beginning.
export function reprendreFocus(id) {
  if (!perdu()) return;
  const place = document.getElementById(id);
  if (place) donnerFocus(place);
  else donnerFocus(document.querySelector("main"), { preventScroll: true });
}

// What htmx replaces may hold the focus: it passes to what comes instead.
export function gardeFocus() {
  let tenu = false;
  document.addEventListener("htmx:beforeSwap", (evenement) => {
    tenu = evenement.detail.target.contains(document.activeElement);
  });
  document.addEventListener("htmx:load", (evenement) => {
    if (!tenu || !perdu()) return;
    tenu = false;
    donnerFocus(evenement.target.querySelector("a[href], button, input:not([type=hidden]), select, textarea") ?? evenement.target);
  });
}
