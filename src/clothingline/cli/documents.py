"""Documents made from the code: who may do what, the state machines, the engine's files, the settings, `.env`."""

from pathlib import Path

from clothingline.cli.exits import Stop


def documents(root: Path) -> dict[Path, str]:
    """What should stand in each file of the repository at `root`. Raises `Stop` where there is no repository."""
    import clothingline.schema  # noqa: F401  # with the schema every machine is known
    from clothingline.kit import policy_page, settings_page, states_page
    from clothingline.kit.states import machines
    from clothingline.routing.files import pages
    from clothingline.settings import Settings

    example = root / ".env.example"
    if not example.is_file():
        raise Stop("jalankan dari akar repositori", "run it at the root of the repository")
    return {
        root / "docs" / "policy.md": policy_page.as_markdown(),
        root / "docs" / "states.md": states_page.as_markdown(machines()),
        root / "docs" / "formats" / "problem.md": pages.problem_page(),
        root / "docs" / "formats" / "matching.md": pages.matching_page(),
        root / "docs" / "formats" / "matching.schema.json": pages.matching_schema(),
        root / "docs" / "settings.md": settings_page.as_markdown(Settings),
        example: settings_page.as_environment(Settings, example.read_text()),
    }
