"""What a peer is to the runner: detectors, each a rule that says yes or no, again and again, on one stream."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from importlib.metadata import version

from streams import Rows, Scenario


@dataclass(frozen=True)
class Effort:
    """How much of the streams a detector is given: some take ten thousand times as long as others."""

    runs: int
    before: int | None = None
    """Rows looked at before the change, the last ones; all where None."""


@dataclass(frozen=True)
class WindowDetector:
    """Compares tumbling windows with the baseline.

    `judge` is given the baseline and the windows in their order, and yields for each the names of what drifted: columns, or one
    name for all of them; nothing is no alarm. It may be stopped early.
    """

    name: str
    title: str
    rule: str
    source: str
    """Where the package says that this is its default."""
    parameters: dict
    judge: Callable[[Rows, list[Rows]], Iterable[set[str]]]
    effort: dict[int, Effort]
    """By size of window; a scenario's windows of other sizes are left out."""
    not_covered: Callable[[Scenario], str | None] = lambda scenario: None
    """Why a scenario is beyond it, if it is."""


@dataclass(frozen=True)
class RowDetector:
    """Is fed value by value, one detector a numeric column, missing values left out.

    `start` gives a function of a value that says whether there is an alarm at it. It is fed the baseline first.
    """

    name: str
    title: str
    rule: str
    source: str
    parameters: dict
    start: Callable[[int], Callable[[float], bool]]
    """Given the run's number, for detectors that draw random numbers."""
    effort: Effort
    warm_up: int | None = None
    """Rows that it is fed before the first that is looked at; all where None."""
    not_covered: Callable[[Scenario], str | None] = lambda scenario: None


@dataclass(frozen=True)
class Peer:
    name: str
    title: str
    packages: tuple[str, ...]
    """Whose versions decide the figures."""
    detectors: tuple[WindowDetector | RowDetector, ...]
    note: str = ""
    versions: dict[str, str] = field(init=False)

    def __post_init__(self):
        object.__setattr__(self, "versions", {package: version(package) for package in self.packages})


def kinds(scenario: Scenario) -> set[str]:
    return {column.kind for column in scenario.columns}


def no_text(scenario: Scenario) -> str | None:
    return "has nothing for texts" if "text" in kinds(scenario) else None

