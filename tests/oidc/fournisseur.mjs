// A real OpenID provider that behaves as ProConnect does: authorization code with PKCE, userinfo as a signed JWT,
// sign-out at the provider. Its sign-in page asks who one is and how strongly one proved it: no password, for tests only.
import { createServer } from "node:http";
import Provider from "oidc-provider";

const { PORT, RETOUR, SORTIE, CLIENT, SECRET } = process.env;
const emetteur = `http://127.0.0.1:${PORT}`;

const fournisseur = new Provider(emetteur, {
  clients: [{
    client_id: CLIENT, client_secret: SECRET, redirect_uris: [RETOUR], post_logout_redirect_uris: [SORTIE],
    token_endpoint_auth_method: "client_secret_post", id_token_signed_response_alg: "RS256",
    userinfo_signed_response_alg: "RS256", require_auth_time: true,
  }],
  acrValues: ["simple", "double"],
  claims: { openid: ["sub"], acr: null, auth_time: null, given_name: ["given_name"], usual_name: ["usual_name"], email: ["email"] },
  conformIdTokenClaims: false,
  cookies: { keys: ["essais"] },
  features: { devInteractions: { enabled: false }, jwtUserinfo: { enabled: true }, rpInitiatedLogout: { enabled: true } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  pkce: { required: () => true, methods: ["S256"] },
  findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, email: "elodie.lefevre@exemple.fr", given_name: "Élodie", usual_name: "Lefèvre" }) }),
  // Nothing is asked about what the portal receives: it is the provider's own service.
  async loadExistingGrant({ oidc }) {
    const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope("openid given_name usual_name email");
    await grant.save();
    return grant;
  },
});

const PAGE = `<!doctype html><html lang="fr"><title>Fournisseur d’essai</title><form method="post">
<label>Compte <input name="compte"></label><label>Niveau <input name="niveau" value="simple"></label>
<button>Continuer</button></form></html>`;

async function interaction(requete, reponse) {
  await fournisseur.interactionDetails(requete, reponse);
  if (requete.method === "GET") {
    reponse.setHeader("Content-Type", "text/html; charset=utf-8");
    reponse.end(PAGE);
    return;
  }
  let corps = "";
  for await (const morceau of requete) corps += morceau;
  const saisie = new URLSearchParams(corps);
  if (!saisie.get("compte")) {
    await fournisseur.interactionFinished(requete, reponse, { error: "access_denied" });
    return;
  }
  await fournisseur.interactionFinished(requete, reponse, { login: { accountId: saisie.get("compte"), acr: saisie.get("niveau"), remember: false } });
}

const suite = fournisseur.callback();
createServer((requete, reponse) => {
  if (!requete.url.startsWith("/interaction/")) return suite(requete, reponse);
  return interaction(requete, reponse).catch((erreur) => { reponse.statusCode = 500; reponse.end(String(erreur)); });
}).listen(Number(PORT), "127.0.0.1", () => console.log("prêt"));
