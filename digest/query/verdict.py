"""Why an article answers a query, or the clause for which it does not."""

from digest.model import record
from digest.query.clauses import Clause, Either, Every, Near, Pattern, Within, Without, Words
from digest.query.subject import Indexed


@record
class Verdict:
    """What became of an article under a query."""

    matches: bool
    decided: str = ""  # by which words, or the clause that failed
    missed: int = 0  # clauses that failed; 0 where it matches
    answered: int = 0  # clauses that did not, those that want something not there aside

    @property
    def near(self) -> bool:
        """Would it have been caught but for one clause?"""
        return self.missed == 1 and self.answered > 0


def judge(clause: Clause, indexed: Indexed, field: str = "") -> Verdict:
    """The verdict on an article."""
    if clause.matches(indexed, field):
        return Verdict(matches=True, decided=", ".join(dict.fromkeys(clause.hits(indexed, field))) or told(clause))
    if isinstance(clause, Within):
        inner = judge(clause.clause, indexed, clause.field)
        return Verdict(matches=False, decided=f"{clause.field}:{inner.decided}", missed=1, answered=inner.answered)
    if isinstance(clause, Every):
        failed = [one for one in clause.clauses if not one.matches(indexed, field)]
        answered = sum(one.matches(indexed, field) for one in clause.clauses if not isinstance(one, Without))
        return Verdict(matches=False, decided=" and ".join(map(told, failed)), missed=len(failed), answered=answered)
    parts = _parts(clause)
    there = [one for one in parts if one.matches(indexed, field)]
    if there and len(there) == len(parts):
        apart = "not one after the other" if isinstance(clause, Words) else "too far apart"
        return Verdict(matches=False, decided=f"{told(clause)}: {apart}", missed=1, answered=len(there))
    if isinstance(clause, Either):
        best = max((judge(one, indexed, field) for one in clause.clauses), key=lambda one: (one.near, one.answered))
        return best if best.near else Verdict(matches=False, decided=told(clause), missed=1)
    return Verdict(matches=False, decided=told(clause), missed=1, answered=len(there))


def _parts(clause: Clause) -> list[Clause]:
    """The words of a phrase, or what should stand near each other: each by itself."""
    if isinstance(clause, Near):
        return [clause.first, *(other for _, other in clause.others)]
    if isinstance(clause, Words) and len(words := clause.text.split()) > 1:
        return [Words(text=word) for word in words]
    return []


def told(clause: Clause) -> str:
    """A clause as it would be written."""
    if isinstance(clause, Words):
        text = f'"{clause.text}"' if " " in clause.text else clause.text
        return f"{text}*" if clause.is_open else text
    if isinstance(clause, Pattern):
        return f"/{clause.regex.pattern}/"
    if isinstance(clause, Within):
        return f"{clause.field}:{told(clause.clause)}"
    if isinstance(clause, Without):
        return f"NOT {told(clause.clause)}"
    if isinstance(clause, Near):
        return told(clause.first) + "".join(f" NEAR/{words} {told(other)}" for words, other in clause.others)
    parts = clause.clauses if isinstance(clause, Every | Either) else ()
    return f"({(' AND ' if isinstance(clause, Every) else ' OR ').join(map(told, parts))})"
