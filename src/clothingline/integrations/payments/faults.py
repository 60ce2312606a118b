"""What a payment provider answers when it is no result: what is certain then, and what may be done next."""


class ProviderFault(Exception):
    """An answer of the provider that is no result. Its only argument says what, in the provider's words."""


class Refused(ProviderFault):
    """Definitely nothing was done, and asking again does not help. `code` says why, in the provider's words."""

    @property
    def code(self) -> str:
        """Why."""
        return str(self.args[0])


class Busy(ProviderFault):
    """Definitely nothing was done: too many questions, or no connection. Ask again later, with the same reference."""


class OutcomeUnknown(ProviderFault):
    """It may have been done or not: the answer was lost or is a fault. Ask by the reference before anything else."""


class ReferenceReused(ProviderFault):
    """The reference was used before for something else; a repeat must say exactly what the first request said."""


class ObjectUnknown(ProviderFault, LookupError):
    """The provider knows nothing of this name."""


class NotSigned(ValueError):
    """The message was not signed with our secret, not within five minutes of now, or is no notice."""


class NotWholeRupiah(ProviderFault, ValueError):
    """The provider speaks of an amount that is not a whole number of rupiah: it belongs to no payment of ours."""
