"""What is known of an issue beside its pages?"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from archive.parsing.series.told import Told


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known beside the pages: the scan's file, its metadata, and known newsletters.

    `newsletters` holds slug, name and variants of each; `metadata` the keys of a PDF (`Title`, `CreationDate`); `told`
    what the series tells of the issues of the scan, by their first page.
    """

    file: str
    metadata: Mapping[str, str]
    newsletters: tuple[tuple[str, str, tuple[str, ...]], ...] = field(default=())
    told: Mapping[int, Told] | None = None

    def known_names(self) -> list[str]:
        """Every name and variant of the newsletters that the archive knows."""
        return [name for _, own, variants in self.newsletters for name in (own, *variants)]
