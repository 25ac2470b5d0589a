"""What starts Voila or nbconvert starts without what nobody asks for."""

from __future__ import annotations

import subprocess
import sys

LOOK = """
import sys
import {module}
print("jsonschema" in sys.modules, "rfc3987_syntax" in sys.modules)
import rfc3987_syntax  # whoever asks for it has it
"""


def test_no_parser_of_international_addresses_is_made() -> None:
    code = LOOK.format(module="widgets.server")
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "True False"
