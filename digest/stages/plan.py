"""What has to be written and deleted so that the site shows what it should; does neither."""

from collections.abc import Iterable, Mapping

from digest.model import Page, Plan


def plan(pages: Iterable[Page], published: Mapping[str, str]) -> Plan:
    """Compares each page's fingerprint with the one published at its address (path → fingerprint)."""
    write: list[Page] = []
    keep: list[str] = []
    fingerprints: dict[str, str] = {}
    for page in pages:
        if page.path in fingerprints:
            raise ValueError(f"two pages have one address: {page.path}")
        fingerprints[page.path] = page.fingerprint
        if published.get(page.path) == page.fingerprint:
            keep.append(page.path)
        else:
            write.append(page)
    delete = tuple(sorted(path for path in published if path not in fingerprints))
    return Plan(write=tuple(write), delete=delete, keep=tuple(keep), fingerprints=fingerprints)
