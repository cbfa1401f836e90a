// "/" goes to the search of the header, unless one is typing.
const SAISIE = "input, textarea, select, [contenteditable]";

export function raccourciRecherche() {
  document.addEventListener("keydown", (evenement) => {
    if (evenement.key !== "/" || evenement.ctrlKey || evenement.metaKey || evenement.altKey) return;
    if (evenement.target.closest?.(SAISIE)) return;
    const champ = document.querySelector('[data-raccourci="/"]');
    if (!champ) return;
    evenement.preventDefault();
    champ.focus();
    champ.select();
  });
}
