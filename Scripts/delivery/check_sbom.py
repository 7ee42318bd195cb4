"""Holds a bill of materials against the schema of CycloneDX, strictly.

    check_sbom.py FILE
"""

import sys
from pathlib import Path

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

text = Path(sys.argv[1]).read_text(encoding="utf-8")
problem = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
print(f"FAIL {problem}" if problem else f"ok   bill of materials: {text.count('bom-ref') - 1} components")
sys.exit(1 if problem else 0)
