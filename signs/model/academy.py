"""Model of an académie's own data, between a list and its schools.

It says what its schools have in common: whom to tell in each département, in its own words. What
a school's file adds lies over it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from signs.model.fields import FORMAT, Address, Entry, FormatVersion, HiddenIds, ProperName
from signs.model.identity import TERRITORY_OF, Department
from signs.model.keys import Expected, Key
from signs.model.publisher import Publisher
from signs.model.school import Contact, School
from signs.text.normalize import folded

if TYPE_CHECKING:
    from collections.abc import Iterable


class AcademyContact(Contact):
    """A service that schools tell: everywhere, in one département, or in one circonscription."""

    department: Annotated[
        Department | None,
        Key(
            description="Dans academie.toml : le département de ce service ; sans lui, tous.",
            also=("code_departement", "dept"),
        ),
    ] = Field(None, alias="departement")
    constituency: Annotated[
        ProperName | None,
        Key(
            description="Dans academie.toml : la circonscription du premier degré de ce service.",
            also=("nom_circonscription",),
        ),
    ] = Field(None, alias="circonscription")

    def covers(self, school: School) -> bool:
        """Tell whether a school tells this service; where its file does not say, it may."""
        if self.constituency is not None and not same_name(
            self.constituency, school.constituency or ""
        ):
            return False
        return None in (self.department, school.department) or (
            self.department == school.department
        )


class Academy(Entry):
    """What an académie writes for its schools: `academie.toml`, without its changes to the list."""

    format: FormatVersion = FORMAT
    name: Annotated[
        ProperName,
        Key(description="Le nom de l'académie.", also=("nom", "rectorat", "libelle_academie")),
    ] = Field(alias="academie")
    departments: Annotated[
        tuple[Department, ...],
        Expected(
            "des codes de départements, chacun entre guillemets, le tout entre crochets",
            '["78", "2A"]',
        ),
        Key(
            description='Les codes de ses départements : ["78", "91"].',
            also=("departement", "code_departement"),
        ),
    ] = Field((), alias="departements")
    contacts: Annotated[
        tuple[AcademyContact, ...],
        Key(description="Les services à prévenir, dans un département ou dans tous."),
    ] = Field((), alias="contact")
    publisher: Annotated[
        Publisher | None, Key(description="Qui publie les pages : les mentions d'un site public.")
    ] = Field(None, alias="editeur")
    hidden: HiddenIds = Field((), alias="cacher")
    exit: Annotated[
        Address | None,
        Key(description="La page où mène « Quitter », pour les établissements qui n'en ont pas."),
    ] = Field(None, alias="sortie")

    @property
    def location(self) -> str | None:
        """Where it is, when that is one place overseas."""
        found = {TERRITORY_OF.get(code) for code in self.departments}
        return found.pop() if len(found) == 1 else None

    def as_school(self) -> School:
        """Return what a page shows of the académie where no school has its own file."""
        return self.under(School.model_validate({"academie": self.name}))

    def under(self, school: School) -> School:
        """Return a school with what its académie adds: its contacts come after the school's own.

        A contact that both have is there once. Where the school does not say its département, each
        contact of one says which it is for.
        """
        named = [
            contact if school.department else _with_department(contact)
            for contact in self.contacts
            if contact.covers(school) and not repeats(contact, school.contacts)
        ]
        return school.model_copy(
            update={
                "contacts": (*school.contacts, *named),
                "exit": school.exit or self.exit,
                "academy": school.academy or self.name,
                "territory": school.location or self.location,
                "publisher": school.publisher or self.publisher,
            }
        )


def same_name(one: str, other: str) -> bool:
    """Tell whether two names differ by capitals, accents and hyphens at most."""
    return folded(one) == folded(other)


def repeats(contact: Contact, others: Iterable[Contact]) -> bool:
    """Tell whether a contact is the same service as one of others, reached the same way."""
    return any(
        contact.role is other.role and _reached_by(contact) & _reached_by(other) for other in others
    )


def _reached_by(contact: Contact) -> set[str]:
    """Return what is called or written to, as one compares it."""
    values = (contact.phone and contact.phone.replace(" ", ""), contact.mail, contact.url)
    return {value.lower() for value in values if value}


def _with_department(contact: AcademyContact) -> AcademyContact:
    if contact.department is None:
        return contact
    return contact.model_copy(update={"title": f"{contact.label} ({contact.department})"})
