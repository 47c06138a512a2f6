"""Reads what we write as others do, for tests/schema.rs, tests/formats.rs and tests/real_tools.rs.

values DIR         prints {file: [document, ...]} as JSON, as PyYAML reads it
validate DIR CRDS  validates objects against the CRDs' OpenAPI schemas; prints what does not fit
sarif FILES SCHEMA validates each *.sarif of a folder against SARIF's schema; prints what does not fit
junit FILES        prints {file: [suite, ...]} of each *.xml of a folder as JSON, as Python's XML parser reads it
modules            fails where a module is missing
"""

import json
import pathlib
import sys
import xml.etree.ElementTree

import jsonschema
import yaml


class Loader(yaml.SafeLoader):
    """YAML 1.1, with two values read as Kubernetes does: kustomize writes the texts `<<` and `=` without quotes."""


for tag in ("merge", "value"):
    Loader.add_constructor(f"tag:yaml.org,2002:{tag}", Loader.construct_scalar)


def documents(folder):
    for path in sorted(pathlib.Path(folder).rglob("*.yaml")):
        with path.open(encoding="utf-8", newline="") as file:
            yield path.relative_to(folder).as_posix(), list(yaml.load_all(file, Loader))


def values(folder):
    # Without a default for odd types: a date in a manifest would be a mistake of ours.
    json.dump(dict(documents(folder)), sys.stdout)


def strict(schema):
    """Closes objects: the API server drops unknown fields, and we must not write any."""
    if not isinstance(schema, dict):
        return schema
    closed = {key: strict(value) for key, value in schema.items() if key not in ("properties", "oneOf")}
    if "properties" in schema:
        closed["properties"] = {name: strict(value) for name, value in schema["properties"].items()}
        closed.setdefault("additionalProperties", False)
    if "oneOf" in schema:
        closed["oneOf"] = schema["oneOf"]
    return closed


def schemas(folder):
    found = {}
    for _, crds in documents(folder):
        for crd in crds:
            if (crd or {}).get("kind") != "CustomResourceDefinition":
                continue
            spec = crd["spec"]
            for version in spec["versions"]:
                schema = strict(version["schema"]["openAPIV3Schema"])
                for implied in ("apiVersion", "kind", "metadata"):
                    schema["properties"][implied] = {}
                found[f"{spec['group']}/{version['name']}", spec["names"]["kind"]] = schema
    return found


def validate(folder, crds):
    known = schemas(crds)
    validated = 0
    wrong = []
    for name, objects in documents(folder):
        for value in objects:
            schema = known.get((value.get("apiVersion"), value.get("kind"))) if isinstance(value, dict) else None
            if schema is None:
                continue
            validated += 1
            for error in jsonschema.Draft4Validator(schema).iter_errors(value):
                place = ".".join(str(step) for step in error.absolute_path)
                wrong.append(f"{name}: {place}: {error.message}")
    json.dump({"validated": validated, "wrong": wrong}, sys.stdout)


def sarif(folder, schema):
    schema = json.loads(pathlib.Path(schema).read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)
    validator.check_schema(schema)
    validator = validator(schema, format_checker=jsonschema.FormatChecker())
    validated = 0
    wrong = []
    for path in sorted(pathlib.Path(folder).glob("*.sarif")):
        validated += 1
        for error in validator.iter_errors(json.loads(path.read_text(encoding="utf-8"))):
            place = ".".join(str(step) for step in error.absolute_path)
            wrong.append(f"{path.name}: {place}: {error.message}")
    json.dump({"validated": validated, "wrong": wrong}, sys.stdout)


def junit(folder):
    def read(path):
        root = xml.etree.ElementTree.parse(path).getroot()
        assert root.tag == "testsuites", root.tag
        for suite in root:
            assert suite.tag == "testsuite", suite.tag
            cases = []
            for case in suite:
                assert case.tag == "testcase", case.tag
                failure = case.find("failure")
                cases.append({"name": case.get("name"), "failure": None if failure is None else failure.text})
            yield {
                "name": suite.get("name"),
                "tests": int(suite.get("tests")),
                "failures": int(suite.get("failures")),
                "skipped": int(suite.get("skipped")),
                "cases": cases,
            }

    json.dump({path.name: list(read(path)) for path in sorted(pathlib.Path(folder).glob("*.xml"))}, sys.stdout)


if __name__ == "__main__":
    {"values": values, "validate": validate, "sarif": sarif, "junit": junit, "modules": lambda: None}[sys.argv[1]](*sys.argv[2:])
