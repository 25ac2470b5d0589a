"""From text to HTML: templates, styles, scripts, and the widget they make."""
