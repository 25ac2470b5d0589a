"""Whoever may be the author is not alerted: where a situation says who, it says the way round.

What a text tells to do is only half seen: the usual orders to alert the person in question are
looked for, and worth a remark. That each such situation has its own advice is a rule.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from signs.diagnostics.problem import Severity
from signs.files.tables import Objection
from signs.model.entries import Advice, Section
from signs.model.fields import TICKS
from signs.model.ticks import Situation, Tick
from signs.rules.vocabulary import told_to_do

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.files.tables import Tables
    from signs.model.sign_list import SignList


def suspect_objections(sign_list: SignList, tables: Tables) -> Iterator[Objection]:
    """Yield situations that say who may be the author, and nothing of how to go round them."""
    for place, situation in tables["situation"].placed(Situation):
        if situation.implicates is None:
            continue
        for section, aim in _AIMS.items():
            if not any(
                situation.id in (advice.triggers or ())
                for advice in sign_list.advice
                if advice.section is section
            ):
                yield Objection(
                    "situation",
                    place,
                    ("met_en_cause",),
                    f"« {situation.id} » dit qui pourrait être l'auteur, mais aucun conseil de la "
                    f"rubrique « {section.value} » ne dit alors {aim}.",
                    f"Ajoutez « {situation.id} » à la ligne « quand » d'un conseil qui le dit.",
                )
    yield from _alike(sign_list, tables)


_AIMS = {
    Section.TELL: "à qui le dire sans passer par cette personne",
    Section.AVOID: "de ne rien lui laisser savoir",
}


def _alike(sign_list: SignList, tables: Tables) -> Iterator[Objection]:
    """Yield what is « comme » such a situation, and does not say itself who may be the author."""
    implicated = {s.id: s.implicates for s in sign_list.situations if s.implicates}
    for kind in TICKS:
        for place, item in tables[kind].placed(Tick):
            who = implicated.get(item.like or "")
            if who and item.id not in implicated:
                yield Objection(
                    kind,
                    place,
                    ("comme",),
                    f"« {item.id} » appelle la même chose que « {item.like} », qui dit qui "
                    "pourrait "
                    "être l'auteur, mais ne dit pas qui.",
                    f'Ajoutez la ligne : met_en_cause = "{who}".'
                    if kind == "situation"
                    else "Faites-en une entrée [[situation]], avec une ligne « met_en_cause ».",
                )


def suspect_remarks(sign_list: SignList, tables: Tables) -> Iterator[Objection]:
    """Yield advice that seems to alert whoever may be the author, and stays when that is ticked."""
    implicating = [s for s in sign_list.situations if s.implicates]
    for place, advice in tables["conseil"].placed(Advice):
        if advice.section is Section.AVOID:
            continue
        said = told_to_do(advice.text)
        for situation in implicating:
            found = _ALERTS[situation.implicates or ""].search(said)
            if found and situation.id not in sign_list.replaced_when[advice.id]:
                yield Objection(
                    "conseil",
                    place,
                    ("texte",),
                    f"« {found[0]} » se lit aussi quand « {situation.id} » est coché : cette "
                    "personne pourrait être l'auteur.",
                    "Écrivez pour ce cas un autre conseil, dont la ligne « remplace » nomme "
                    "celui-ci.",
                    Severity.REMARK,
                )
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
