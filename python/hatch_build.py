"""Puts the program into the wheel: Scripts/wheel/build.sh names it. Without one the wheel is of Python alone, for those
who have the program already."""

import os
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ProgramHook(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        program = os.environ.get("RETAIN_WHEEL_PROGRAM")
        if not program:
            return
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{os.environ['RETAIN_WHEEL_PLATFORM']}"
        # Where pip puts programs; a folder of the package would need a script in Python to start it.
        build_data["shared_scripts"][program] = "retain"
        build_data["sbom_files"].append(os.environ["RETAIN_WHEEL_SBOM"])
