"""Calls every operation of a running server through the generated client: ADDRESS DESCRIPTION PACKAGE.

Each call must be answered with 200 and its answer be read by the client's own types.
"""

import importlib
import inspect
import json
import pathlib
import sys

PATHS = {"dataset": "default", "property": "addressEntity"}
IDS = {"party": "hb-anna", "entities": "hb-anna", "measures": "un-1874-9"}
QUERY = {"token": "open", "sync": True, "prefix": "an"}


def body(client, path, function):
    """A body for an operation: the example of the description, in the type that the client wants."""
    kind = inspect.signature(function).parameters["body"].annotation
    options = [it for it in getattr(kind, "__args__", [kind]) if inspect.isclass(it)]
    models = [it for it in options if hasattr(it, "from_dict")]
    if models:
        return models[0].from_dict(BODIES.get(path, {}))
    file = next(it for it in options if it.__name__ == "File")
    import io

    return file(payload=io.BytesIO(BODIES[path].encode()), file_name="text.txt")


BODIES = {
    "/match/{dataset}": {"queries": {"q": {"schema": "Person", "properties": {"name": ["Anna Mustermann"]}}}},
    "/reconcile/{dataset}": {"queries": json.dumps({"q": {"query": "Anna Mustermann"}})},
    "/read": {"text": "North Korea may supply Russia with shells, the White House said.", "published": "2023-09-13"},
    "/spot": "Kim Jong Un met Vladimir Putin.",
    "/check": {"from": "KP", "to": "RU", "goods": "artillery_ammunition", "on": "2023-09-13"},
    "/": {"text": "North Korea may supply Russia with shells, the White House said."},
    "/screen": {"table": "name\nAnna Mustermann\n"},
}


def main(address, description, package):
    sys.path.insert(0, str(pathlib.Path(package).parent))
    name = pathlib.Path(package).name
    client = importlib.import_module(name).Client(base_url=address, raise_on_unexpected_status=True)
    api = json.loads(pathlib.Path(description).read_text())
    failed, called = [], 0
    for path, item in api["paths"].items():
        for method, operation in item.items():
            if operation["tags"][0] == "desk" or path in ("/sign-in", "/sign-out"):
                continue  # served with --desk and --sign-in only, to browsers: crates/server/tests/{desk,sign}.rs
            module = f"{name}.api.{operation['tags'][0]}.{operation['operationId']}"
            try:
                function = importlib.import_module(module).sync_detailed
                arguments = {"client": client}
                for parameter in operation.get("parameters", []):
                    if parameter["in"] == "path":
                        first = path.split("/")[1]
                        key = parameter["name"]
                        arguments[f"{key}_" if key in ("id", "property") else key] = PATHS.get(key) or IDS[first]
                    elif parameter["name"] in QUERY:
                        arguments[parameter["name"]] = QUERY[parameter["name"]]
                wanted = inspect.signature(function).parameters
                arguments = {
                    (key if key in wanted else key.rstrip("_")): value for key, value in arguments.items()
                }
                if "requestBody" in operation:
                    arguments["body"] = body(client, path, function)
                answer = function(**arguments)
                assert int(answer.status_code) == 200, answer.content[:300]
                assert answer.parsed is not None, "the answer was not read"
                called += 1
            except Exception as error:  # every operation is tried
                failed.append(f"{method} {path}: {type(error).__name__}: {error}")
    print(f"{called} operations called, {len(failed)} failed")
    for line in failed:
        print(" ", line)
    sys.exit(bool(failed))


main(*sys.argv[1:])
