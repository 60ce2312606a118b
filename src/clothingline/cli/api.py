"""`api`: the interface document."""

import typer

from clothingline.cli.output import AsJson, say, show_json

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


@commands.command("docs")
def docs() -> None:
    """Tulis ulang dokumen yang dibuat dari kode. / Write the documents made from the code: docs/ and .env.example."""
    from pathlib import Path

    from clothingline.cli.documents import documents

    for path, text in documents(Path.cwd()).items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        say(str(path.relative_to(Path.cwd())))
