"""Holds a service's description against OpenAPI 3.1, and its examples against its own schemas.

    check_openapi.py URL
"""

import sys

import jsonschema
import openapi_spec_validator
import requests

document = requests.get(sys.argv[1]).json()
openapi_spec_validator.validate(document)
count = 0
for path, item in document["paths"].items():
    for operation in item.values():
        content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
        examples = [example["value"] for example in content.get("examples", {}).values()]
        for example in examples + ([content["example"]] if "example" in content else []):
            schema = {**content["schema"], "components": document["components"]}
            jsonschema.Draft202012Validator(schema).validate(example)
            count += 1
print(f"/openapi.json: valid OpenAPI 3.1, {count} examples as their schemas say")
