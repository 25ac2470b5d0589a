"""The command `historique`: list the versions of a list, compare two, bring one back."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from signs.model.sign_list import HEAD
from signs.scaffold import DEFAULT_FOLDER
from widgets.cli.output import CommandError, say
from widgets.runtime import extras
from widgets.runtime.extras import require

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from signs.files.versions import Change, Versions


def history(
    folder: Annotated[
        Path, typer.Argument(metavar="[CHEMIN]", help="Le dossier de votre liste.")
    ] = Path(DEFAULT_FOLDER),
    *,
    compared: Annotated[
        int | None,
        typer.Option("--comparer", metavar="N", min=1, help="Dit ce qui a changé depuis N."),
    ] = None,
    to: Annotated[
        int | None,
        typer.Option("--avec", metavar="N", min=1, help="Compare avec N au lieu de maintenant."),
    ] = None,
    restored: Annotated[
        int | None,
        typer.Option("--revenir", metavar="N", min=1, help="Remet la liste comme elle était."),
    ] = None,
    entry: Annotated[
        str | None,
        typer.Option("--entree", metavar="MOTS", help="Ne remet que l'entrée qui a ces mots."),
    ] = None,
) -> None:
    """Dit les versions de votre liste ; en compare deux, ou remet l'une d'elles."""
    require(extras.EDITOR, "L'historique", "reperes historique")
    if not (folder / HEAD).is_file():
        raise CommandError(f"« {folder} » n'est pas le dossier d'une liste. Donnez son chemin.")
    if restored is not None and (compared is not None or to is not None):
        raise CommandError("--comparer et --revenir ne vont pas ensemble. Retirez l'une des deux.")
    if entry is not None and restored is None:
        raise CommandError("--entree dit quoi remettre. Ajoutez --revenir et un numéro de version.")
    if to is not None and compared is None:
        raise CommandError("--avec dit avec quoi comparer. Ajoutez --comparer et un numéro.")
    from signs.files.versions import Versions, changes_between

    versions = Versions(folder)
    if restored is not None:
        _restore(folder, versions, restored, entry)
    elif compared is not None:
        before, after = _texts(versions, compared), _texts(versions, to)
        lines = _in_words(folder, changes_between(before, after))
        say("\n".join(lines) or "Ces deux versions disent la même chose.")
    else:
        with _readable():
            say("\n".join(_listed(versions)))


def _texts(versions: Versions, number: int | None) -> dict[str, str]:
    """Return the texts of a version by its number, from 1; of the present one by default."""
    present = len(versions.saves) + 1
    if number is not None and number > present:
        raise CommandError(f"Il n'y a pas de version {number}. La dernière est la {present}.")
    with _readable():
        return versions.texts(present - 1 if number is None else number - 1)


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CommandError("Un fichier de cette version ne peut pas être lu.") from error


def _listed(versions: Versions) -> Iterator[str]:
    """Yield a line a version, newest first."""
    from signs.files.versions import changes_between
    from widgets.editor.views.versions import label, summary

    numbers = {save.date: number for number, save in enumerate(versions.saves, start=2)}
    for step in versions.steps():
        number = numbers[step.save.date]
        what = summary(changes_between(step.before, step.after))
        yield f"{number}. {label(versions, number - 1)} : {what}."
    yield "1. Avant le premier enregistrement." if versions.saves else "1. Rien n'a été enregistré."


def _in_words(folder: Path, changes: Sequence[Change]) -> Iterator[str]:
    """Yield the changes: for each entry, each value before and after."""
    import signs
    from widgets.editor.views.changes import titles_of
    from widgets.editor.views.versions import change_views

    sign_list = signs.inspect(folder).sign_list  # its base has titles too
    for each in change_views(changes, titles_of(sign_list) if sign_list else {}):
        yield f"{each['what']} : « {each['title']} » ({each['state']})"
        for value in each["values"]:
            was, is_ = (
                " ".join("".join(text for text, _ in value[side]).split())
                for side in ("before", "after")
            )
            yield f"  {value['label']}\n    avant : {was}\n    après : {is_}"


def _restore(folder: Path, versions: Versions, number: int, words: str | None) -> None:
    """Save a version, or one of its entries, over the present one: a save like any other."""
    from signs.files.save import OpenFile, save_all
    from signs.files.versions import Versions, as_it_was, damaged_in
    from widgets.editor.session.author import author

    then, now = _texts(versions, number), _texts(versions, None)
    what = "La liste est"
    if damaged := damaged_in(then, now):
        raise CommandError(
            f"La version {number} est abîmée : {damaged} ne s'y lit plus. Rien n'est changé. "
            "Essayez une autre version."
        )
    wanted = as_it_was(now, then)
    if words is not None:
        title, wanted = _with_entry(now, then, words)
        what = f"« {title} » est"
    files = []
    for path in sorted(folder / name for name in wanted):
        file = OpenFile.to_replace(path)
        file.text = wanted[path.name]
        files.append(file)
    changed = [file for file in files if file.changed]
    if not changed:
        say("La liste le dit déjà : rien n'est changé.")
        return
    save_all(changed, author=author() or "")
    where = f'"{folder}"' if " " in str(folder) else str(folder)
    say(
        f"{what} comme dans la version {number}. Pour l'annuler : "
        f"reperes historique {where} --revenir {len(Versions(folder).saves)}"
    )


def _with_entry(
    now: Mapping[str, str], then: Mapping[str, str], words: str
) -> tuple[str, dict[str, str]]:
    """Return the title of the entry that has these words, and the present texts with it as it was.

    The words are some of its title, in one version or the other; its id will do.
    """
    from signs.files.restore import restore_entry
    from signs.files.versions import changes_between
    from signs.text.normalize import folded
    from widgets.editor.views.versions import titles_in

    titles = {id_: each for texts in (then, now) for id_, each in titles_in(texts).items()}
    changed = [each for each in changes_between(then, now) if each.id in titles]
    found = [each for each in changed if each.id == words] or [
        each
        for each in changed
        if any(folded(words) in folded(f"{titles_in(side).get(each.id)}") for side in (then, now))
    ]
    if len(found) == 1:
        (only,) = found
        return titles[only.id], restore_entry(now, then, only.kind, only.id)
    if found:
        choice = " ; ".join(f"« {titles[each.id]} »" for each in found)
        raise CommandError(f"Plusieurs entrées ont ces mots : {choice}. Donnez-en d'autres.")
    raise CommandError(
        f"Aucune entrée dont le titre a les mots « {words} » n'a changé depuis. Pour lire celles "
        "qui ont changé, ajoutez --comparer et le numéro de la version, sans --revenir."
    )
