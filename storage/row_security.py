"""The one form of row-level security that every tenant table gets."""

from storage.urls import APP_ROLE

ALL_VERSIONS = "app.all_versions"
"""On inside of the database's own function that looks at others' private versions too."""
WORKER = "app.worker"
"""On in the connections of a worker, which sees every organization's jobs."""

INDEXING_SHARE = "app.indexing_share"
"""In a worker's connections, how many of its indexing slots one organization may take."""


def isolate(
    table: str,
    *,
    column: str = "organization_id",
    grants: str = "select, insert, update, delete",
) -> str:
    """SQL that keeps organizations apart in a table.

    Args:
        table: its name, from a migration, never from outside.
        column: where the row says whose it is.
        grants: what the app's role may do.

    Returns:
        Statements that force a policy on `app.organization_id`: no setting, no rows.
    """
    own = f"{column} = nullif(current_setting('app.organization_id', true), '')::uuid"
    return (
        f"alter table {table} enable row level security;"
        f"alter table {table} force row level security;"
        f"create policy own_organization on {table} using ({own}) with check ({own});"
        f"grant {grants} on {table} to {APP_ROLE};"
    )
