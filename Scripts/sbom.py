"""Writes the bill of materials of the program in CycloneDX's form (https://cyclonedx.org/docs/1.6/json).

    sbom.py FOLDER VERSION SECONDS

FOLDER is what Scripts/build-static.sh left: dependencies.json (`swift package show-dependencies`), linked.txt and
licenses/. SECONDS, since 1970, is the time it tells: the commit's, so that the same commit gives the same bytes.
"""

import datetime
import json
import sys
import uuid
from pathlib import Path

folder, version, seconds = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
LINKED = {
    "swift": ("pkg:github/swiftlang/swift@swift-{}-RELEASE", "Apache-2.0"),
    "sqlite": ("pkg:generic/sqlite@{}", "blessing"),
    "zlib": ("pkg:generic/zlib@{}", "Zlib"),
    "zstd": ("pkg:generic/zstd@{}", "BSD-3-Clause"),
    "openssl": ("pkg:generic/openssl@{}", "Apache-2.0"),
}
# What a license says of itself, the first that fits.
SIGNS = [
    ("Apache License", "Apache-2.0"),
    ("Permission is hereby granted, free of charge", "MIT"),
    ("Redistribution and use in source and binary forms", "BSD-3-Clause"),
]


def license_of(name):
    """The identifier that SPDX gives the license of a dependency."""
    for file in sorted((folder / "licenses").glob(f"{name}/LICENSE*")):
        text = file.read_text(encoding="utf-8")
        for sign, identifier in SIGNS:
            if sign in text:
                return identifier
    sys.exit(f"sbom: {name} has no license that is known; name it in Scripts/sbom.py")


def component(name, version, purl, license):
    return {
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": version,
        "licenses": [{"license": {"id": license}}],
        "purl": purl,
    }


def address(node):
    """The package's name for the world: pkg:swift/github.com/apple/swift-nio@2.101.2."""
    place = node["url"].split("://")[-1].removesuffix(".git")
    return f"pkg:swift/{place}@{node['version']}"


def visit(node, components, edges):
    purl = address(node)
    if purl not in edges:
        checkout = node["url"].rsplit("/", 1)[-1].removesuffix(".git")
        name = node["url"].split("://")[-1].removesuffix(".git").split("/", 1)[-1]
        components.append(component(name, node["version"], purl, license_of(checkout)))
        edges[purl] = sorted({address(child) for child in node["dependencies"]})
    for child in node["dependencies"]:
        visit(child, components, edges)


root = json.loads((folder / "dependencies.json").read_text(encoding="utf-8"))
components, edges = [], {}
for child in root["dependencies"]:
    visit(child, components, edges)
itself = f"pkg:generic/retain@{version}"
first = {address(child) for child in root["dependencies"]}
for line in (folder / "linked.txt").read_text(encoding="utf-8").splitlines():
    name, linked = line.split()
    purl, license = LINKED[name]
    components.append(component(name, linked, purl.format(linked), license))
    first.add(purl.format(linked))
    edges[purl.format(linked)] = []
edges[itself] = sorted(first)
components.sort(key=lambda component: component["purl"])
text = json.dumps(components, sort_keys=True)
bill = {
    "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
    "bomFormat": "CycloneDX",
    "specVersion": "1.6",
    "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, itself + text)}",
    "version": 1,
    "metadata": {
        "timestamp": datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "component": {
            "type": "application",
            "bom-ref": itself,
            "name": "retain",
            "version": version,
            "licenses": [{"license": {"id": "Apache-2.0"}}],
            "purl": itself,
        },
    },
    "components": components,
    "dependencies": [{"ref": ref, "dependsOn": edges[ref]} for ref in sorted(edges)],
}
print(json.dumps(bill, indent=2))
