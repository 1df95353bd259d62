"""The parts of the manual that the program itself gives: its commands with their options, and what its plugins' schemas say."""
import json
import re
import subprocess

ROLES = {"dataset": "Data sets", "feature": "Features", "hasher": "Initial hashers", "generator": "Generators",
         "network": "Hash networks", "evaluator": "Evaluators"}


def output(program, *arguments):
    return subprocess.run([program, *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout


def commands(program):
    """A section for each command: what --help prints."""
    names = re.findall(r"^  hashloom ([a-z-]+)", output(program, "--help"), re.MULTILINE)
    return "\n".join(f"## {name}\n```text\n{output(program, name, '--help').rstrip()}\n```\n" for name in names)


def components(program):
    """A section for each role, in it one for each component."""
    ids = [one["component"] for one in json.loads(output(program, "plugins", "list", "--format", "json"))]
    known = json.loads(output(program, "plugins", "inspect", *ids, "--format", "json"))
    text = ""
    for role, title in ROLES.items():
        text += f"## {title}\n\n" + "".join(component(one) for one in known if one["component"].startswith(role + "/"))
    return text


def component(one):
    text = f"### {one['component']}\n{one['help']}. Version {one['version']}.\n\n"
    if one["not_deterministic"]:
        text += f"Not deterministic: {one['not_deterministic']}.\n\n"
    for title, ports in (("input", one["inputs"]), ("output", one["outputs"])):
        text += table([title, "type", "need", "what it is"],
                      [[code(port["name"]), port["type"], port["need"], port["help"]] for port in ports])
    return text + table(["parameter", "type", "default", "allowed", "what it is"], map(parameter, one["parameters"]))


def parameter(one):
    text = one["help"] + (f", in {one['unit']}" if one["unit"] else "") + ("; may be changed while it runs" if one["tunable"] else "")
    return [code(one["name"]), one["type"], code(one["default_text"]) if one["default_text"] else "empty", allowed(one), text]


def allowed(one):
    low, high = one["minimum"], one["maximum"]
    if one["choices"]:
        return ", ".join(map(code, one["choices"]))
    if low is None and high is None:
        return ""
    if high is None:
        return f"at least {low:g}"
    return f"at most {high:g}" if low is None else f"{low:g} to {high:g}"


def workflow(program):
    """A section for each part of a workflow file: its keys, as the JSON Schema has them."""
    schema = json.loads(output(program, "schema"))
    parts = schema["definitions"]
    stage, loop = parts["stage_of_a_loop"], parts["loop"]
    declared_var = schema["properties"]["vars"]["additionalProperties"]["anyOf"][1]
    until = loop["properties"]["loop"]["properties"]["until"]
    sections = {"The file": schema, "A var that says what it takes": declared_var, "A stage": stage,
                "A loop": loop, "A loop: `loop`": loop["properties"]["loop"], "A loop: `until`": until,
                "A matrix": schema["properties"]["matrix"]}
    return "\n".join(f"## {title}\n\n{keys(part)}" for title, part in sections.items())


def keys(part):
    needed = part.get("required", [])
    return table(["key", "takes", "without it", "what it is"],
                 [[code(name), taken(key), "is a mistake" if name in needed else code(json.dumps(key["default"])) if "default" in key else "",
                   key.get("description", "")] for name, key in part["properties"].items()])


def taken(schema):
    """What a schema takes, in words."""
    if "enum" in schema:
        return ", ".join(code(value) for value in schema["enum"]) if len(schema["enum"]) < 10 else "one of many"
    if "anyOf" in schema or "allOf" in schema:
        return " or ".join(dict.fromkeys(filter(None, map(taken, schema.get("anyOf") or schema["allOf"]))))
    if "$ref" in schema:
        return {"port": "`STAGE.PORT`", "value": "a value or a list", "substitution": "`\"${var}\"`"}[schema["$ref"].split("/")[-1]]
    return typed(schema)


def typed(schema):
    names = {"boolean": "a flag", "string": "a text", "object": "a map", "array": "a list"}
    kind = schema["type"]
    if isinstance(kind, list):
        return "a value"
    if kind not in ("integer", "number"):
        return names[kind]
    low, high = schema.get("minimum"), schema.get("maximum")
    return f"{kind}" + ("" if low is None else f", at least {low}" if high is None else f" from {low} to {high}")


def code(text):
    return f"`{text}`"


def table(head, rows):
    rows = [head, ["---"] * len(head), *rows]
    return "" if len(rows) == 2 else "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |\n" for row in rows) + "\n"


MAKERS = {"commands": commands, "components": components, "workflow": workflow}


def fill_in(page, program):
    """`page` with each line `<!-- made by the program: NAME -->` replaced."""
    return re.sub(r"<!-- made by the program: (\w+) -->", lambda line: MAKERS[line.group(1)](program), page)
