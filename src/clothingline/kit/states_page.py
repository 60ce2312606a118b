"""The page in the documents that shows every state machine, made from the machines."""

from collections.abc import Sequence

from clothingline.kit.states import Machine, Transition, diagram

HEAD = """# State machines

Made from the machines beside the models by `clothingline api docs`; a test holds the two together.

The database refuses every move that is not listed here. What a guard says is enforced by the code that moves the row;
`·` stands where nothing is asked. A time-out ends the wait for that move; a compensation makes good what it undid.
"""
COLUMNS = ("event", "from", "to", "actor", "guard", "time-out", "compensation")


def as_markdown(machines: Sequence[Machine]) -> str:
    """Each machine with its diagram and its table, by name."""
    return HEAD + "".join(f"\n{_section(one)}" for one in sorted(machines, key=lambda one: one.name))


def _section(machine: Machine) -> str:
    lines = [f"## {machine.name}", "", "```mermaid", diagram(machine), "```", ""]
    lines += [_line(COLUMNS), _line(["---"] * len(COLUMNS)), *(_row(one) for one in machine.transitions)]
    return "\n".join(lines) + "\n"


def _row(one: Transition) -> str:
    cells = (f"`{one.event}`", ", ".join(one.source), one.target, one.actor, one.guard, one.timeout, one.compensation)
    return _line([cell.replace("|", "\\|") or "·" for cell in cells])


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
