// A real OpenID Connect provider on loopback: server.mjs REDIRECT_URI ORGANIZATION_ID
// Prints its address. Whoever signs in with any password is an analyst of that organization.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const [redirectUri, organizationId] = process.argv.slice(2);
const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{
      client_id: 'copilot',
      client_secret: 'not-a-secret', // pragma: allowlist secret
      redirect_uris: [redirectUri],
    }],
    claims: { openid: ['sub', 'organization_id', 'role'], email: ['email'], profile: ['name'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({
        sub: id, email: `${id}@desk.example`, organization_id: organizationId, role: 'analyst',
      }),
    }),
  });
  server.on('request', provider.callback());
  console.log(issuer);
});
