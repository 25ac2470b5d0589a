"""The people in `personas.toml`, whom the command and the page are both tried with."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Persona:
    """An adult at school, what they tick, and what they must be told."""

    nom: str
    histoire: str
    coche: list[str]
    urgence: str
    montre: list[str]
    cache: list[str]
    services: list[str]
    mots: list[str]

    def __str__(self) -> str:
        return self.nom

    def assert_answered(
        self, urgency: str, advice: list[str], services: list[str], text: str
    ) -> None:
        """Hold an answer, from the command or read off the screen, to what it should be."""
        assert urgency == self.urgence, self.nom
        assert set(self.montre) <= set(advice), self.nom
        assert set(self.cache).isdisjoint(advice), self.nom
        assert set(self.services) <= set(services), self.nom
        read = " ".join(text.replace("’", "'").split()).casefold()
        for words in self.mots:
            assert " ".join(words.replace("’", "'").split()).casefold() in read, (self.nom, words)


PERSONAS = [
    Persona(**persona)
    for persona in tomllib.loads(
        (Path(__file__).parent / "personas.toml").read_text(encoding="utf-8")
    )["personne"]
]
