"""Makes digest/frequencies/*.txt, the frozen background of word frequencies, from the wordfreq package.

    pip install wordfreq && python benchmarks/frequencies.py

wordfreq (Robyn Speer) mixes encyclopaedias, subtitles, news, books and the web; its data are under CC BY-SA 4.0.
"""

import math
from collections import Counter
from pathlib import Path

import wordfreq  # type: ignore[import-not-found]  # wanted by this script alone

from digest.text import stems, words

LANGUAGES = ("ar", "de", "en", "es", "fa", "fr", "it", "nl", "pl", "pt", "ru", "tr", "uk")
TEXT_WORDS = 250  # of the texts whose share is estimated
RAREST = 0.005  # share of texts: below, a word is as good as unseen
CLASSES_PER_OCTAVE = 2
FOLDER = Path(__file__).resolve().parents[1] / "digest" / "frequencies"


def shares(language: str) -> dict[str, float]:
    """Stem → the share of texts that hold it, were words strewn by chance."""
    frequency: Counter[str] = Counter()
    for word, often in wordfreq.get_frequency_dict(language, "best").items():
        folded = words(word)
        if len(folded) == 1 and not folded[0].isdigit():
            frequency[stems(folded, language)[0]] += often
    return {stem: 1 - math.exp(-often * TEXT_WORDS) for stem, often in frequency.items()}


def main() -> None:
    for language in LANGUAGES:
        classes: dict[int, list[str]] = {}
        for stem, share in shares(language).items():
            if share >= RAREST:
                classes.setdefault(round(math.log2(share) * CLASSES_PER_OCTAVE), []).append(stem)
        lines = (f"{2 ** (at / CLASSES_PER_OCTAVE):.4f} {' '.join(sorted(classes[at]))}\n" for at in sorted(classes))
        (FOLDER / f"{language}.txt").write_text("".join(lines), "utf-8")


if __name__ == "__main__":
    main()
