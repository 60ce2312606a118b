"""What may go wrong with the embedded server, said in one line."""


class EmbeddedServerError(RuntimeError):
    """One line, Indonesian first, then English; both say what to do."""

    def __init__(self, indonesian: str, english: str) -> None:
        super().__init__(" ".join(f"{indonesian} / {english}".split()))
        self.indonesian = indonesian
        self.english = english
