// After a refused form, reading starts at the summary of errors.
export function prendreFocus(racine) {
  racine.querySelector("[data-prendre-focus]")?.focus();
}
