"""`api`: the interface document."""

import typer

from clothingline.cli.output import AsJson, show_json

commands = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Antarmuka program. / The API.")


@commands.callback()
def group() -> None:
    """Antarmuka program. / The API."""


@commands.command("openapi")
def openapi(as_json: AsJson = False) -> None:
    """Dokumen OpenAPI sebagai YAML; tanpa basis data. / The OpenAPI document as YAML; needs no database."""
    from clothingline.app import create_app
    from clothingline.kit.http.openapi import as_yaml
    from clothingline.settings import Settings

    document = create_app(Settings()).openapi()
    if as_json:
        show_json(document)
        return
    print(as_yaml(document), end="")


@commands.command("policy")
def policy() -> None:
    """Siapa boleh berbuat apa, sebagai tabel. / Who may do what, as the table of docs/policy.md."""
    from clothingline.kit.policy_page import as_markdown

    print(as_markdown(), end="")
