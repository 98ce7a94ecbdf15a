"""The database keeps organizations apart, whatever SQL the app sends."""

import psycopg
import pytest
from psycopg import errors, sql

TENANT_TABLES = """
    select table_name from information_schema.columns
    join information_schema.tables using (table_schema, table_name)
    where column_name = 'organization_id' and table_schema = 'public' and table_type = 'BASE TABLE'
"""
MAY_BE_PRIVATE = {
    "documents",
    "document_versions",
    "chunks",
    "pages",
    "lexeme_postings",
    "figures",
    "figure_words",
    "personal_data",
    "publications",
}
"""With a second policy each."""
APPEND_ONLY, KEPT_BY_A_TRIGGER = {"audit_log"}, {"audit_heads"}


def bind(connection, organization_id):
    query = "select set_config('app.organization_id', %s, true)"
    connection.execute(query, (str(organization_id),))


def insert(connection, table, row):
    query = sql.SQL("insert into {} ({}) values ({})").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, row)),
        sql.SQL(", ").join([sql.Placeholder()] * len(row)),
    )
    connection.execute(query, list(row.values()))


def count(connection, table):
    query = sql.SQL("select count(*) from {}").format(sql.Identifier(table))
    return connection.execute(query).fetchone()[0]


@pytest.fixture
def app(urls):
    """The app's own connection: each test is one transaction."""
    with psycopg.connect(urls.app_conninfo) as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def theirs(app, stranger, rows_of_everything):
    """Committed rows of another organization, one in each table."""
    rows = rows_of_everything(stranger.organization_id)
    bind(app, stranger.organization_id)
    for table, row in rows.items():
        insert(app, table, row)
    app.commit()
    return rows


def test_every_tenant_table_is_known_here(as_owner, rows_of_everything):
    tables = {name for (name,) in as_owner(TENANT_TABLES)}
    assert tables == set(rows_of_everything(None)) | KEPT_BY_A_TRIGGER


def test_every_tenant_table_forces_its_policy(as_owner):
    query = f"""
        select relname, relrowsecurity, relforcerowsecurity,
               (select count(*) from pg_policies where tablename = relname),
               (select bool_and(qual is not null and with_check is not null)
                from pg_policies where tablename = relname)
        from pg_class where relnamespace = 'public'::regnamespace
          and (relname = 'organizations' or relname in ({TENANT_TABLES}))
    """  # noqa: S608  # constants of this file
    rows = as_owner(query)
    assert len(rows) == 32
    assert {row[1:3] for row in rows} == {(True, True)}, rows
    assert {row[0] for row in rows if row[3:] != (1, True)} == {"organizations", *MAY_BE_PRIVATE}


def test_every_other_table_is_one_of_the_libraries(as_owner):
    query = f"""
        select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
          and relname not in ({TENANT_TABLES}) and relname not like 'procrastinate%'
    """  # noqa: S608  # constants of this file
    rows = as_owner(query)
    known = {"organizations", "alembic_version", "checkpoint_migrations"}
    assert {name for (name,) in rows} == known


def test_without_a_setting_there_are_no_rows(app, theirs):
    assert {table: count(app, table) for table in theirs} == dict.fromkeys(theirs, 0)
    assert count(app, "organizations") == 0


def test_another_organization_sees_and_changes_nothing(app, theirs, principal):
    bind(app, principal.organization_id)
    for table in theirs:
        assert count(app, table) == 0, table
        if table in APPEND_ONLY:
            continue
        name = sql.Identifier(table)
        changed = app.execute(
            sql.SQL("update {} set organization_id = organization_id").format(name)
        )
        assert changed.rowcount == 0, table
        assert app.execute(sql.SQL("delete from {}").format(name)).rowcount == 0, table


def test_the_owner_is_bound_too(theirs, as_owner, principal):
    for table in theirs:
        found = as_owner(
            sql.SQL("select * from {}").format(sql.Identifier(table)),
            organization=principal.organization_id,
        )
        assert found == [], table


def test_no_row_is_inserted_for_another_organization(app, stranger, principal, rows_of_everything):
    rows = rows_of_everything(stranger.organization_id)
    for table, row in rows.items():
        bind(app, principal.organization_id)
        with pytest.raises(errors.InsufficientPrivilege, match="row-level security"):
            insert(app, table, row)
        app.rollback()


def test_no_row_is_inserted_without_a_setting(app, principal, rows_of_everything):
    for table, row in rows_of_everything(principal.organization_id).items():
        with pytest.raises(errors.InsufficientPrivilege, match="row-level security"):
            insert(app, table, row)
        app.rollback()


def test_no_row_is_moved_to_another_organization(app, stranger, principal, rows_of_everything):
    rows = rows_of_everything(principal.organization_id)
    bind(app, principal.organization_id)
    for table, row in rows.items():
        insert(app, table, row)
    app.commit()
    for table in rows.keys() - APPEND_ONLY:
        bind(app, principal.organization_id)
        query = sql.SQL("update {} set organization_id = %s").format(sql.Identifier(table))
        with pytest.raises(errors.InsufficientPrivilege, match="row-level security"):
            app.execute(query, (stranger.organization_id,))
        app.rollback()


def test_a_version_can_not_hang_under_another_organization_s_document(app, theirs, principal):
    bind(app, principal.organization_id)
    row = theirs["document_versions"] | {
        "id": principal.organization_id,
        "organization_id": principal.organization_id,
        "number": 2,
    }
    with pytest.raises(errors.ForeignKeyViolation):
        insert(app, "document_versions", row)


@pytest.mark.parametrize("column", ["document_id", "document_version_id"])
def test_a_chunk_can_not_hang_under_another_organization_s(
    app, theirs, principal, rows_of_everything, column
):
    bind(app, principal.organization_id)
    rows = rows_of_everything(principal.organization_id)
    insert(app, "documents", rows["documents"])
    insert(app, "document_versions", rows["document_versions"])
    with pytest.raises(errors.ForeignKeyViolation):
        insert(app, "chunks", rows["chunks"] | {"ordinal": 1, column: theirs["chunks"][column]})


@pytest.mark.parametrize("column", ["document_id", "document_version_id"])
def test_a_figure_can_not_hang_under_another_organization_s(
    app, theirs, principal, rows_of_everything, column
):
    bind(app, principal.organization_id)
    rows = rows_of_everything(principal.organization_id)
    insert(app, "documents", rows["documents"])
    insert(app, "document_versions", rows["document_versions"])
    with pytest.raises(errors.ForeignKeyViolation):
        insert(app, "figures", rows["figures"] | {"page": 2, column: theirs["figures"][column]})


def test_organizations_are_only_read(app, principal):
    bind(app, principal.organization_id)
    assert count(app, "organizations") == 1
    with pytest.raises(errors.InsufficientPrivilege):
        app.execute("update organizations set name = 'x'")
