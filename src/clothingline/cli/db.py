"""`db`: the schema and the pilot's rows."""

from typing import TYPE_CHECKING, Annotated

import typer

from clothingline.cli.output import AsJson, say, show_record

if TYPE_CHECKING:
    from alembic.config import Config

commands = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Basis data. / The database.")


@commands.command("upgrade")
def upgrade() -> None:
    """Terapkan migrasi yang belum ada. / Apply missing migrations."""
    from clothingline.cli import installation

    chosen = installation.read_settings()
    with installation.opened(chosen) as opened:
        before = installation.schema_version(opened.url)
        if not opened.embedded:
            installation.bring_up_to_date(chosen, opened.url)
        say(f"Skema / schema: {before or '–'} → {installation.schema_version(opened.url)}")


@commands.command("seed")
def seed(as_json: AsJson = False) -> None:
    """Isi fakta dan data pilot; aman diulang. / Write facts and the pilot; safe to repeat."""
    from clothingline.cli import installation
    from clothingline.cli.seeding import seed_pilot

    with installation.opened(installation.read_settings()) as opened:
        installation.require_newest_schema(opened.url)
        show_record(seed_pilot(opened), as_json=as_json)


@commands.command("status")
def status(as_json: AsJson = False) -> None:
    """Di mana basis data, dan skema yang mana. / Where the database is, and which schema."""
    from sqlalchemy.engine import make_url

    from clothingline.cli import installation
    from clothingline.cli.seeding import business_lead
    from clothingline.kit.http.health import head

    with installation.opened(installation.read_settings()) as opened:
        found = installation.schema_version(opened.url)
        record = {
            "server": "embedded" if opened.embedded else make_url(opened.url).render_as_string(hide_password=True),
            "schema": found,
            "newest": head(),
            "business_time_ahead": str(business_lead(opened.url) or 0) if found else None,
        }
    show_record(record, as_json=as_json)


@commands.command("revision")
def revision(name: Annotated[str, typer.Argument(help="Apa yang diubah. / What it does.")]) -> None:
    """Tulis migrasi dari model, untuk dibaca dahulu. / Write a migration from the models, to be read first."""
    from alembic import command

    from clothingline.cli import installation
    from clothingline.kit import migrating

    def write(config: "Config") -> None:
        command.revision(config, message=name, autogenerate=True)

    with installation.opened(installation.read_settings()) as opened:
        migrating.with_alembic(opened.url, write)
    say(f"Migrasi di {migrating.folder() / 'versions'}. / The migration stands there.")
