"""A valid school's file that uses every feature."""

from __future__ import annotations

SCHOOL = """\
format = 1
etablissement = "Collège des Tilleuls"
genre = "college"
statut = "public"
cacher = ["thesee"]

[[contact]]
role = "infirmerie"
nom = "Mme Diallo"
lieu = "bâtiment B"
presence = "lundi et jeudi"

[[contact]]
role = "direction"
telephone = "01 99 00 12 34"

[[contact]]
role = "crip"
telephone = "01 99 00 56 78"
verifie_le = 2026-09-01

[[signe]]
id = "sommeil"
libelle = "Dort en classe, surtout le matin"

[[signe]]
id = "casque"
comme = "isolement"
famille = "psychosocial"
libelle = "Ne quitte plus son casque, même à table"
autres_causes = "L'envie de calme, le bruit, une mode."
source = "guide"
section = "Les impacts psychiques et sociaux"
"""
