"""procrastinate's job queue. Arguments of jobs are ids, never content.

A copy of the library's schema, so that this revision means the same after the library moved on. For
a newer procrastinate add a revision with the files of its `sql/migrations` since 3.10.
"""

from pathlib import Path

from alembic import op

from storage.urls import APP_ROLE

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    schema = (Path(__file__).parents[1] / "procrastinate-3.10.0.sql").read_text("utf-8")
    op.get_bind().exec_driver_sql(schema.replace("%", "%%"))
    op.execute(f"""
        do $$ declare name text; begin
            for name in select tablename from pg_tables
                where schemaname = 'public' and tablename like 'procrastinate%' loop
                execute format(
                    'grant select, insert, update, delete on %I to {APP_ROLE}', name);
            end loop;
        end $$;
        grant usage, select on all sequences in schema public to {APP_ROLE};
    """)
