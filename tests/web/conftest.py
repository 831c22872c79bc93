"""The sample edition of the render tests is what the server serves."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "render"))
