"""What a screen reader's lists of tables, landmarks and links would leave unclear: what axe does not look at."""

from playwright.sync_api import Page

NOMS = """() => {
  const textes = ids => (ids ?? "").split(" ").map(id => document.getElementById(id)?.textContent ?? "").join(" ");
  const dedans = { TABLE: e => e.caption?.textContent, A: e => e.textContent };
  const nom = e => (e.getAttribute("aria-label") || textes(e.getAttribute("aria-labelledby")).trim()
    || dedans[e.tagName]?.(e) || "").trim().replace(/\\s+/g, " ");
  const voir = choix => [...document.querySelectorAll(choix)].filter(e => e.checkVisibility());
  const defauts = [];
  // The tables of an article follow the heading that announces them.
  for (const table of voir("table:not(.texte-riche table)"))
    if (!nom(table)) defauts.push(`tableau sans nom : ${table.outerHTML.slice(0, 90)}`);
  const reperes = new Set();
  for (const repere of voir("nav, aside, [role=search], section[aria-label], section[aria-labelledby]")) {
    const cle = `${repere.getAttribute("role") || repere.tagName} « ${nom(repere)} »`;
    if (!nom(repere)) defauts.push(`repère sans nom : ${repere.outerHTML.slice(0, 90)}`);
    else if (reperes.has(cle)) defauts.push(`deux repères du même nom : ${cle}`);
    reperes.add(cle);
  }
  // In the rows and lists of data, what surrounds a link tells which one it is.
  const liens = new Map();
  for (const lien of voir("main a[href]")) {
    if (lien.closest("tbody, .temps, .nouv, .liste-simple")) continue;
    const dit = nom(lien).toLowerCase(), vers = lien.pathname + lien.search + lien.hash;
    if (liens.has(dit) && liens.get(dit) !== vers) defauts.push(`« ${dit} » : ${liens.get(dit)} et ${vers}`);
    liens.set(dit, vers);
  }
  return defauts;
}"""


def defauts_de_noms(page: Page, nom: str) -> list[str]:
    """Tables and landmarks without a name or with the same one, links of one name that lead to two places."""
    return [f"{nom} : {defaut}" for defaut in page.evaluate(NOMS)]
