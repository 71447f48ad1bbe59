#!/usr/bin/env python3
"""Writes analyzer/compose/schema/compose_spec.inc from the JSON schema of the specification.

Needed only when Compose changes; the build uses the file it wrote.

  generate_compose_schema.py COMPOSE_SPEC_JSON VERSION OUT

  COMPOSE_SPEC_JSON  schema/compose-spec.json of compose-go
  VERSION            whose file that is, for the first line of OUT: "compose-go 2.9.1"

Whatever the schema says that the checker would not understand stops this program: a new keyword, a
new pattern, alternatives that the type of a value does not tell apart.
"""
import json
import pathlib
import sys

SAID = {"description", "title", "default", "$schema", "$id", "definitions"}  # to people only
TYPES = ["null", "boolean", "integer", "number", "string", "array", "object"]
# How analyzer/compose/schema/pattern.h calls them.
PATTERNS = {
    "^x-": "kExtension",
    "^[a-zA-Z0-9._-]+$": "kName",
    "^[a-z]+$": "kLowerLetters",
    "^.+$": "kOneLine",
    ".+": "kSomeText",
    "[a-zA-Z0-9][a-zA-Z0-9_.-]+": "kContainerName",
    "always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+":
        "kPullPolicy",
}
WIDTH = 98


class Table:
    """Rows of one kind; a rule names a run of them."""

    def __init__(self, name, kind):
        self.name, self.kind, self.rows, self.runs = name, kind, [], {}

    def run(self, rows):
        if not rows:
            return None
        key = tuple(rows)
        if key not in self.runs:
            self.runs[key] = (len(self.rows), len(rows))
            self.rows += rows
        return self.runs[key]

    def code(self):
        lines, line = [], "   "
        for row in self.rows:
            if len(line) + len(row) + 2 > WIDTH:
                lines.append(line)
                line = "   "
            line += f" {row},"
        return "\n".join([f"constexpr {self.kind} {self.name}[] = {{", *lines, line, "};"])


class Generator:
    def __init__(self, root):
        self.root = root
        self.properties = Table("kProperties", "Property")
        self.patterns = Table("kPatterns", "PatternRule")
        self.words = Table("kWords", "std::string_view")
        self.alternatives = Table("kAlternatives", "RuleId")
        self.rules = ["{}"]  # the first allows everything
        self.ids = {"{}": 0}

    def follow(self, node):
        """The node itself, or what it refers to: draft 7 ignores everything beside a reference."""
        while "$ref" in node:
            name = node["$ref"].removeprefix("#/definitions/")
            node = self.root["definitions"][name]
        return node

    def types(self, node):
        node = self.follow(node)
        if "oneOf" in node:
            return set().union(*(self.types(option) for option in node["oneOf"]))
        written = node.get("type", [])
        return {written} if isinstance(written, str) else set(written)

    def rule(self, node):
        node = dict(self.follow(node))
        types = self.types(node)
        fields = {}
        if types:
            bits = " | ".join(f"k{name.capitalize()}" for name in TYPES if name in types)
            fields["types"] = bits
        options = node.pop("oneOf", None)
        if options:
            self.check_alternatives(node, options)
            fields["alternatives"] = self.alternatives.run([str(self.rule(o)) for o in options])
        node.pop("type", None)
        self.mapping(node, fields)
        self.others(node, fields)
        left = set(node) - SAID
        if left:
            sys.exit(f"not understood: {sorted(left)} in {json.dumps(node)[:200]}")
        return self.add(fields)

    def check_alternatives(self, node, options):
        if set(node) - SAID:
            sys.exit(f"oneOf beside other keywords: {sorted(node)}")
        seen = set()
        for option in options:
            types = self.types(option)
            if "number" in types:
                types.add("integer")
            if not types or types & seen:
                sys.exit(f"alternatives of one type: {json.dumps(options)[:200]}")
            seen |= types

    def mapping(self, node, fields):
        properties = node.pop("properties", {})
        fields["properties"] = self.properties.run(
            [f'{{"{name}", {self.rule(properties[name])}}}' for name in sorted(properties)])
        patterns = node.pop("patternProperties", {})
        fields["patterns"] = self.patterns.run(
            [f"{{Pattern::{PATTERNS[text]}, {self.rule(patterns[text])}}}" for text in patterns])
        fields["required"] = self.words.run([f'"{name}"' for name in node.pop("required", [])])
        extra = node.pop("additionalProperties", True)
        if isinstance(extra, dict):
            fields["others"] = self.rule(extra)
        elif not extra:
            fields["closed"] = "true"

    def others(self, node, fields):
        if "items" in node:
            fields["items"] = self.rule(node.pop("items"))
        if node.pop("uniqueItems", False):
            fields["unique"] = "true"
        fields["values"] = self.words.run([f'"{word}"' for word in node.pop("enum", [])])
        if "pattern" in node:
            fields["pattern"] = "Pattern::" + PATTERNS[node.pop("pattern")]
        for bound in ("minimum", "maximum"):
            if bound in node:
                fields[bound] = node.pop(bound)
        if node.pop("deprecated", False):
            fields["deprecated"] = "true"

    ORDER = ["types", "properties", "patterns", "required", "values", "alternatives", "items",
             "others", "closed", "unique", "deprecated", "pattern", "minimum", "maximum"]

    def add(self, fields):
        parts = []
        for name in self.ORDER:
            value = fields.get(name)
            if value is None:
                continue
            if isinstance(value, tuple):
                value = f"{{{value[0]}, {value[1]}}}"
            parts.append(f".{name} = {value}")
        code = self.wrap(parts)
        if code not in self.ids:
            self.ids[code] = len(self.rules)
            self.rules.append(code)
        return self.ids[code]

    @staticmethod
    def wrap(parts):
        lines, line = [], "{"
        for part in parts:
            if len(line) + len(part) > WIDTH - 12:
                lines.append(line.rstrip())
                line = "     "
            line += part + ", "
        return "\n".join([*lines, line.removesuffix(", ") + "}"])

    def code(self, version):
        top = self.rule(self.root)
        tables = [self.properties, self.patterns, self.words, self.alternatives]
        rules = [f"    {code},  // {index}" for index, code in enumerate(self.rules)]
        return "\n".join([
            f"// GENERATED by tools/generate_compose_schema.py from the schema of {version}. "
            "Do not edit.",
            "// clang-format off",
            *(table.code() for table in tables),
            "constexpr Rule kRules[] = {", *rules, "};",
            f"constexpr RuleId kTop = {top};",
            "// clang-format on", ""])


def main():
    source, version, out = sys.argv[1:]
    schema = json.loads(pathlib.Path(source).read_text(encoding="utf-8"))
    pathlib.Path(out).write_text(Generator(schema).code(version), encoding="utf-8")


if __name__ == "__main__":
    main()
