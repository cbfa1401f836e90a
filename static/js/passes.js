// Passkeys: the browser's credential goes into the form's hidden field, which is then sent as any form.
const octets = (texte) => Uint8Array.from(atob(texte.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const texte = (tampon) => btoa(String.fromCharCode(...new Uint8Array(tampon))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const designer = (liste) => (liste ?? []).map((cle) => ({ ...cle, id: octets(cle.id) }));

function enJson(cle) {
  const { response } = cle;
  const reponse = { clientDataJSON: texte(response.clientDataJSON) };
  for (const nom of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[nom]) reponse[nom] = texte(response[nom]);
  }
  if (response.getTransports) reponse.transports = response.getTransports();
  return {
    id: cle.id, rawId: texte(cle.rawId), type: cle.type, response: reponse,
    authenticatorAttachment: cle.authenticatorAttachment ?? undefined,
    clientExtensionResults: cle.getClientExtensionResults(),
  };
}

async function creer(formulaire, { creation_options: { publicKey: options } }) {
  const seule = formulaire.elements.passwordless?.checked ?? false;
  const choix = {
    ...options.authenticatorSelection, residentKey: seule ? "required" : "discouraged", requireResidentKey: seule,
    ...(seule ? { userVerification: "required" } : {}),
  };
  return navigator.credentials.create({
    publicKey: {
      ...options, challenge: octets(options.challenge), user: { ...options.user, id: octets(options.user.id) },
      excludeCredentials: designer(options.excludeCredentials), authenticatorSelection: choix,
    },
  });
}

async function presenter({ request_options: { publicKey: options } }) {
  return navigator.credentials.get({
    publicKey: { ...options, challenge: octets(options.challenge), allowCredentials: designer(options.allowCredentials) },
  });
}

async function demander(formulaire) {
  const reponse = await fetch(formulaire.action, { headers: { Accept: "application/json" } });
  if (!reponse.ok) throw new Error(reponse.status);
  return reponse.json();
}

const ecrites = () => JSON.parse(document.getElementById("passe-options").textContent);
const GESTES = {
  "[data-passe-creer]": (formulaire) => creer(formulaire, ecrites()),
  "[data-passe-prouver]": () => presenter(ecrites()),
  "[data-passe-entrer]": async (formulaire) => presenter(await demander(formulaire)),
};

function excuse(erreur) {
  if (erreur.name === "InvalidStateError") return "Cette clé est déjà enregistrée pour votre compte.";
  if (erreur.name === "NotAllowedError") return "La clé n’a pas répondu, ou vous avez renoncé. Recommencez quand vous voulez.";
  return "Ce navigateur n’a pas pu utiliser de clé d’accès. Essayez un autre moyen.";
}

function brancher(formulaire, geste) {
  const faute = formulaire.querySelector(".champ__erreur[role=alert]");
  let occupe = false;
  formulaire.addEventListener("submit", async (evenement) => {
    evenement.preventDefault();
    if (occupe) return;
    occupe = true;
    faute.hidden = true;
    try {
      formulaire.elements.credential.value = JSON.stringify(enJson(await geste(formulaire)));
      formulaire.submit();
    } catch (erreur) {
      occupe = false;
      faute.textContent = excuse(erreur);
      faute.hidden = false;
    }
  });
}

if (window.PublicKeyCredential) {
  document.querySelectorAll("[data-passe]").forEach((carte) => { carte.hidden = false; });
  for (const [choix, geste] of Object.entries(GESTES)) {
    document.querySelectorAll(choix).forEach((formulaire) => brancher(formulaire, geste));
  }
}
