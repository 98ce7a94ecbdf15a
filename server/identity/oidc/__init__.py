"""People of an OpenID Connect provider: Okta, Entra, Keycloak, Auth0 and the like."""
