"""The domain of Repères: signs, situations, advice and services, and how one leads to another.

Knows nothing of Jupyter, HTML or the web. Texts are French; hours and days are those of Paris.

Examples
--------
>>> import signs
>>> sign_list = signs.load()
>>> answer = signs.orient(sign_list, {"scarifications"})
>>> answer.urgency
'today'
>>> answer.advice[0].id
'une-question-ouverte'
"""

from typing import TYPE_CHECKING

from signs.diagnostics.problem import ListError, Problem, Severity
from signs.loading.loader import Inspection, inspect, load
from signs.model.entries import Advice, Service
from signs.model.reviews import review_of
from signs.model.sign_list import SignList
from signs.model.ticks import Sign, Situation
from signs.orientation import AdviceNow, Orientation, ServiceNow, orient
from signs.text.given import UnknownIdError
from signs.text.names import UnknownNameError

__all__ = [
    "Advice",
    "AdviceNow",
    "Inspection",
    "ListError",
    "Orientation",
    "Problem",
    "Service",
    "ServiceNow",
    "Severity",
    "Sign",
    "SignList",
    "Situation",
    "UnknownIdError",
    "inspect",
    "load",
    "orient",
    "review_of",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Say which names there are."""
        if name.startswith("_"):
            raise AttributeError(name)
        raise UnknownNameError(name, "signs", lambda: {each: each for each in __all__})
