"""Write the pinned numbers anew: python tests/regression/update.py, with a line "Numbers change:" in CHANGELOG.md."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from pin import FILE, measure

FILE.write_text(json.dumps(measure(), indent=1) + "\n", "utf-8")
print(f"{FILE.name} written; say why in CHANGELOG.md")
