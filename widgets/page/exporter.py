"""The one renderer as an nbconvert exporter: `jupyter nbconvert --to reperes notebook.ipynb`."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from nbconvert.exporters import Exporter
from traitlets import Any as AnyTrait
from traitlets import default
from traitlets.config import Config

from widgets.page.shell import page_cells, render_page
from widgets.runtime.kernels import OneKernelManager

if TYPE_CHECKING:
    from nbformat import NotebookNode


class PageExporter(Exporter):
    """Executes a notebook and renders it as one offline HTML page, without a kernel.

    nbconvert's options apply; the notebook shows the list that `REPERES_LISTE` names.

    Examples
    --------
    >>> import nbformat
    >>> from widgets.page.exporter import PageExporter
    >>> cell = nbformat.v4.new_code_cell("from widgets import Board; Board()")
    >>> page, resources = PageExporter().from_notebook_node(nbformat.v4.new_notebook(cells=[cell]))
    >>> page[:15], resources["output_extension"]
    ('<!doctype html>', '.html')
    """

    export_from_notebook = "Repères"
    output_mimetype = "text/html"
    navigation = AnyTrait(None, help="Links to the sibling pages, if any.")

    @default("file_extension")
    def _default_file_extension(self) -> str:
        return ".html"

    @property
    def default_config(self) -> Config:
        """Execute first, in the current interpreter: a stored notebook has no outputs."""
        config = Config(
            {"ExecutePreprocessor": {"enabled": True, "kernel_manager_class": OneKernelManager}}
        )
        config.merge(super().default_config)
        return config

    def from_notebook_node(  # type: ignore[override] # as nbconvert's own template exporters do
        self,
        nb: NotebookNode,
        resources: dict[str, Any] | None = None,
        **kwargs: Any,  # noqa: ANN401 (nbconvert's)
    ) -> tuple[str, dict[str, Any]]:
        """Return the page and nbconvert's resources.

        Parameters
        ----------
        nb
            The notebook; its outputs are replaced.
        resources
            nbconvert's own, such as the path of the notebook.
        **kwargs
            nbconvert's own.

        Returns
        -------
        tuple of str and dict
            The complete page as text, and nbconvert's resources.

        Raises
        ------
        nbclient.exceptions.CellExecutionError
            When a cell raises.
        widgets.page.errors.PageError
            When the notebook cannot be rendered as a complete page.
        """
        page = copy(nb)
        page.cells = page_cells(nb.cells)
        executed, resources = super().from_notebook_node(page, resources, **kwargs)
        return render_page(executed, navigation=self.navigation), resources
