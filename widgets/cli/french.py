"""French help and error messages for Typer, which only has English ones."""

from __future__ import annotations

import re
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from signs.text.normalize import suggestion
from signs.text.typography import typography

_WORDS = (
    (r"^Usage: ", "Utilisation : "),
    (r"COMMAND \[ARGS\]\.\.\.", "[COMMANDE]"),
    (r"^Arguments:$", "Arguments :"),
    (r"^Options:$", "Options :"),
    (r"^Commands:$", "Commandes :"),
    (r"Show\s+this\s+message\s+and\s+exit\.", "Affiche cette aide."),
    (r"\[default:\s+", "[par défaut : "),
    (r"\[env var:\s+", "[variable : "),
    (r"env var:\s+", "variable : "),
    (r"; default:\s+", " ; par défaut : "),
    (r"\[required\]", "[obligatoire]"),
    (r"\{(\w+)\}", r"\1"),
    (r"\[\[(\w+)\]\.\.\.\]|\[\[(\w+)\]\]\.\.\.|\[\[(\w+)\]…\]", r"[\1\2\3…]"),
    (r"\[\[(\w+)\]\]", r"[\1]"),
    (r";(\s+)(\d+)<=x<=(\d+)", r" ;\1de \2 à \3"),
    (r"(\d+)<=x<=(\d+)", r"de \1 à \2"),
    (r"\s*\[x>=1\]", ""),
)


_TYPED = re.compile(
    r"^(?P<name>  \S+)(?P<type> <[\w\[\]]+>)(?P<help>.*(?:\n {7,}.*)*)", flags=re.MULTILINE
)


def _untyped(match: re.Match[str]) -> str:
    """Remove the type from an argument's help, and realign its lines."""
    return match["name"] + match["help"].replace("\n" + " " * len(match["type"]), "\n")


def in_french(help_text: str) -> str:
    """Return Typer's help with its English words replaced, and without its Python types."""
    help_text = _TYPED.sub(_untyped, help_text)
    for english, french in _WORDS:
        help_text = re.sub(english, french, help_text, flags=re.MULTILINE)
    return typography(help_text)


class _InFrench:
    """Mixin of commands and groups: French help."""

    help: str | None
    params: list[Any]

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 (typer's)
        super().__init__(*arguments, **options)
        # Before the lines are cut: none may start with « : ».
        for holder in (self, *self.params):
            for name in ("help", "short_help"):
                if text := getattr(holder, name, None):
                    setattr(holder, name, typography(text))

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 (a class typer keeps to itself)
        """Return the help, in French."""
        return in_french(super().get_help(ctx))  # type: ignore[misc] # typer's, after this one

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 (see above)
        """Parse the arguments; an error carries the context of its command."""
        try:
            return super().parse_args(ctx, args)  # type: ignore[misc,no-any-return] # see above
        except typer.TyperException as error:
            error.ctx = getattr(error, "ctx", None) or ctx  # type: ignore[attr-defined] # see above
            raise


class FrenchCommand(_InFrench, TyperCommand):
    """A command whose help is in French."""


class FrenchGroup(_InFrench, TyperGroup):
    """A group of commands whose help is in French."""


def explain(error: typer.TyperException) -> str:
    """Return a Typer error as a French sentence with a remedy."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "reperes"
    message = error.message
    option = getattr(error, "option_name", None)
    parameter = getattr(error, "param", None)
    if option and "requires an argument" in message:
        what = f"L'option {option} attend une valeur."
    elif option and "does not take a value" in message:
        what = f"L'option {option} s'écrit seule, sans valeur."
    elif option:
        known = [name for p in context.command.params for name in p.opts] if context else []
        what = f"L'option {option} n'existe pas.{suggestion(option, known)}"
    elif match := re.match(r"No such command '(.+?)'", message):
        known = context.command.list_commands(context) if context else []
        what = f"La commande « {match[1]} » n'existe pas.{suggestion(match[1], known)}"
    elif match := re.match(r"Got unexpected extra argument\(?s?\)? \((.+)\)", message):
        what = f"« {match[1]} » est en trop."
    elif type(error).__name__ == "MissingParameter" and parameter is not None:
        what = f"Il manque {parameter.metavar or parameter.name}.{_help_of(parameter)}"
    elif parameter is not None:
        what = f"La valeur{_given(error)} donnée à {parameter.opts[-1]} ne convient pas"
        what += _bounds(parameter)
    else:
        what = "Cette commande n'est pas comprise."
    return f"{what} Pour l'aide : {command} --help"


def _help_of(parameter: Any) -> str:  # noqa: ANN401 (see above)
    """Return the help of an argument, as a sentence to append."""
    help_text = getattr(parameter, "help", None)
    return f" {help_text}" if help_text else ""


def _given(error: typer.TyperException) -> str:
    """Return the invalid value, if Typer recorded it."""
    errors: list[Any] = getattr(error.__cause__, "errors", list)()
    return f" « {errors[0]['input']} »" if errors else ""


def _bounds(parameter: Any) -> str:  # noqa: ANN401 (see above)
    low, high = getattr(parameter, "min", None), getattr(parameter, "max", None)
    return "." if low is None or high is None else f" : il faut un nombre de {low} à {high}."
