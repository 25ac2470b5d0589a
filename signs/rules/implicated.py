"""Rules that the possible author is not alerted, when a situation implicates somebody.

Each such situation must have its own advice: that is an error otherwise. Instructions can only be
recognized in part: the usual orders to alert the person in question are a remark.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from signs.diagnostics.problem import Problem
from signs.diagnostics.reporter import Id, Phrase
from signs.model.entries import Advice, Promise, Section
from signs.model.fields import TICKS
from signs.model.ticks import Situation, Tick
from signs.rules.vocabulary import instructions_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.files.tables import Tables
    from signs.model.sign_list import SignList


def implicated_problems(sign_list: SignList, tables: Tables) -> Iterator[Problem]:
    """Yield situations that implicate somebody without advice on how to avoid alerting them."""
    for subject, situation in tables["situation"].subjects("situation", Situation):
        if situation.implicates is None:
            continue
        for section, aim in _AIMS.items():
            if not any(
                situation.id in (advice.triggers or ())
                for advice in sign_list.advice
                if advice.section is section
            ):
                params = {"section": section, "aim": aim}
                yield Problem("implicated-without-advice", subject, ("met_en_cause",), params)
    yield from _trusted_adults(sign_list, tables)
    yield from _aliases(sign_list, tables)


_AIMS = {
    Section.TELL: Phrase("tell-around"),
    Section.AVOID: Phrase("avoid-letting-know"),
}


def _trusted_adults(sign_list: SignList, tables: Tables) -> Iterator[Problem]:
    """Yield situations with which the pupil may still choose the possible author to trust.

    Each has its own advice, and what else helps to choose an adult is then replaced.
    """
    adults = {s.id for s in sign_list.situations if s.implicates in _ADULTS}
    usual = [
        (at, advice)
        for at, advice in tables["conseil"].subjects("conseil", Advice)
        if advice.role is Promise.TRUSTED_ADULT and adults.isdisjoint(advice.triggers or ())
    ]
    for subject, situation in tables["situation"].subjects("situation", Situation):
        if situation.implicates not in _ADULTS:
            continue
        for other, advice in usual:
            if situation.id not in sign_list.replaced_when[advice.id]:
                named = {"situation": Id(situation.id), "advice": Id(advice.id)}
                params = {**named, "role": Promise.TRUSTED_ADULT}
                key = ("met_en_cause",)
                yield Problem("implicated-as-trusted", subject, key, params, other=other)
                break


_ADULTS = ("famille", "personnel", "direction")


def _aliases(sign_list: SignList, tables: Tables) -> Iterator[Problem]:
    """Yield ticks that are « comme » such a situation, but do not implicate anybody themselves."""
    implicated = {s.id: s.implicates for s in sign_list.situations if s.implicates}
    for kind in TICKS:
        for subject, tick in tables[kind].subjects(kind, Tick):
            who = implicated.get(tick.like or "")
            if who and tick.id not in implicated:
                params = {"like": Id(tick.like or ""), "who": who if kind == "situation" else ""}
                yield Problem("missing-implicated", subject, ("comme",), params)


def implicated_remarks(sign_list: SignList, tables: Tables) -> Iterator[Problem]:
    """Yield advice that seems to alert the possible author, and is not replaced when ticked."""
    implicating = [s for s in sign_list.situations if s.implicates]
    for subject, advice in tables["conseil"].subjects("conseil", Advice):
        if advice.section is Section.AVOID:
            continue
        instructions = instructions_in(advice.text)
        for situation in implicating:
            match = _ALERTS[situation.implicates or ""].search(instructions)
            if match and situation.id not in sign_list.replaced_when[advice.id]:
                params = {"found": match[0], "situation": Id(situation.id)}
                yield Problem("alerted-implicated", subject, ("texte",), params)
                break


_ORDER = (
    r"(?<!n')(?<!ne )\b(?:prévenez|appelez|informez|alertez|avertissez|convoquez|recevez)"
    r"(?: d'abord| aussi| aussitôt| tout de suite| sans attendre)? "
)
_ALERTS = {
    who: re.compile(_ORDER + rf"(?:{people})\b")
    for who, people in {
        "famille": "(?:la|sa) famille|(?:les|ses) parents|(?:le|son) père|(?:la|sa) mère"
        "|(?:les|ses) responsables légaux",
        "direction": "la direction|(?:le chef|la cheffe) d'établissement|le principal"
        "|la principale|le proviseur|la proviseure|le directeur|la directrice",
        "personnel": "(?:vos|les|des|ses) collègues|l'équipe|le personnel",
        "eleve": "l'auteur|l'élève (?:mis en cause|soupçonné)|les autres élèves",
    }.items()
}
