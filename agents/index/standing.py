"""Which versions of a collection's index there are, and which one searches find."""

from __future__ import annotations

from dataclasses import dataclass

from agents.errors import UsageError


@dataclass(frozen=True)
class Standing:
    own: str
    """The index that this release writes; it need not be there."""
    there: tuple[str, ...]
    """All versions that are there."""
    searched: str | None
    """The one that searches find. None: none yet."""

    @property
    def is_current(self) -> bool:
        """Whether searches find what this release writes."""
        return self.searched == self.own

    @property
    def left_over(self) -> tuple[str, ...]:
        """Versions that are neither searched nor written by this release."""
        return tuple(name for name in self.there if name not in (self.own, self.searched))

    def check_removable(self, name: str) -> None:
        """
        Raises:
            UsageError: there is no index *name*, or somebody needs it.
        """
        if name not in self.there:
            raise UsageError(f"there is no index {name}; there are: {', '.join(self.there) or 'none'}")
        if name == self.searched:
            raise UsageError(f"{name} is what searches find; `tocsin reindex` of another version swaps first")
        if name == self.own:
            raise UsageError(f"{name} is what this release writes; `tocsin reindex --rebuild` builds it anew")
