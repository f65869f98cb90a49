"""Which JDK runs a server: a pure choice over what was found on this machine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from agents.services.errors import ServiceError


@dataclass(frozen=True, kw_only=True)
class Need:
    """What a server asks of its JDK."""

    program: str
    least: int
    """Lowest major version."""
    module: str | None = None
    """A module that trimmed runtimes lack and the server needs."""
    variables: tuple[str, ...] = ("JAVA_HOME",)
    """Environment variables that name its JDK, strongest first."""

    @property
    def advice(self) -> str:
        module = f" with the module {self.module} (a full JDK, not a JRE)" if self.module else ""
        return (
            f"Install a JDK {self.least} or later{module}: {self._packages}, then run the command again; "
            f"a JDK in an unusual place is found by {' or '.join(self.variables)}."
        )

    @property
    def _packages(self) -> str:
        debian = f"Debian's package openjdk-{self.least}-jdk-headless" + (
            " (Debian 13 and later; Debian 12 has 17 only)" if self.least > 17 else ""
        )
        return f"{debian}, or Eclipse Temurin, or `sdk install java`"


@dataclass(frozen=True)
class Candidate:
    """A place that may hold a JDK."""

    program: Path
    """Its `java`."""
    source: str
    """Where it was named, for people: `JAVA_HOME`, `the path`, a folder."""
    explicit: bool = False
    """Whether a person named it; then a refusal is worth a warning."""


@dataclass(frozen=True)
class Probe:
    """What a candidate said of itself."""

    candidate: Candidate
    home: Path | None = None
    """The JDK's folder. None when it could not be asked."""
    version: int = 0
    """Major version."""
    modules: frozenset[str] = frozenset()
    problem: str | None = None
    """Why it could not be asked."""


@dataclass(frozen=True)
class Jdk:
    """The chosen one."""

    home: Path
    version: int
    modules: frozenset[str]
    warnings: tuple[str, ...] = ()

    @property
    def java(self) -> Path:
        return self.home / "bin" / "java"


def refusal(probe: Probe, need: Need) -> str | None:
    """Why this JDK does not do; None when it does."""
    if probe.problem is not None or probe.home is None:
        return probe.problem or "it did not say where it is installed"
    if probe.version < need.least:
        return f"it is version {probe.version}, {need.program} needs {need.least} or later"
    if need.module and need.module not in probe.modules:
        return f"it lacks the module {need.module} (a trimmed runtime)"
    return None


def choose_jdk(probes: Iterable[Probe], need: Need) -> Jdk:
    """The first JDK that does; *probes* may be lazy, those after it are not asked.

    Raises:
        ServiceError: none does; it lists every candidate, why it was refused, and what to install.
    """
    refused: list[tuple[Candidate, str]] = []
    for probe in probes:
        reason = refusal(probe, need)
        if reason is None and probe.home is not None:
            warnings = tuple(
                f"{candidate.source} ({candidate.program}) is not used: {why}"
                for candidate, why in refused
                if candidate.explicit
            )
            return Jdk(probe.home, probe.version, probe.modules, warnings)
        refused.append((probe.candidate, reason or ""))
    listed = "".join(f"\n  {candidate.program} (from {candidate.source}): {why}" for candidate, why in refused)
    raise ServiceError(f"No JDK here runs {need.program}.{listed or ' There is none at all.'}\n{need.advice}")
