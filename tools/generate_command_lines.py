#!/usr/bin/env python3
"""Writes analyzer/knowledge/compose_cli.inc and docker_cli.inc.

Needed only when Compose or docker changes; the build uses the files it wrote. It reads what the
two projects publish of their own command lines:

  generate_command_lines.py COMPOSE_DOCS V1_MAIN DOCKER_DOCS OUT_DIR [COMPOSE]

  COMPOSE_DOCS  docs/reference of Compose 2.40.3 (YAML, one file a verb)
  V1_MAIN       compose/cli/main.py of docker-compose 1.29.2 (usage texts)
  DOCKER_DOCS   docs/reference/commandline of the docker CLI (Markdown, one file a verb)
  COMPOSE       command words to check every verb and option against, "docker compose"
"""
import pathlib
import re
import subprocess
import sys

# Written up in the reference, and unknown to the program.
GONE = {"convert", "alpha dry-run", "alpha scale", "alpha watch"}
# Spellings that the program maps onto an option without listing them.
SPELLINGS = {
    "create": [("--y", "--yes")], "up": [("--y", "--yes")], "publish": [("--y", "--yes")],
    "alpha publish": [("--y", "--yes")], "down": [("--volume", "--volumes")],
    "exec": [("--no-TTY", "--no-tty")],
    "run": [("--volumes", "--volume"), ("--labels", "--label")],
}
# The same for docker, which keeps the older names without listing them.
OLDER = [("--net", "--network"), ("--net-alias", "--network-alias"), ("--dns-opt", "--dns-option")]
CANONICAL = {("run", "--no-TTY"): "--no-tty", ("", "--workdir"): "--project-directory"}
# Short forms without a long one in v1, and what they are called here.
V1_SHORT = {"T": "--no-tty", "v": "--volumes", "s": "--signal", "e": "--env"}
# docker-compose of either version takes docker's own global options; the plugin does not.
STANDALONE = [("--debug", "D", False)]
STOPS = {"run", "exec"}
ALIASES = {"bridge transformations ls": "bridge transformations list"}
# Shape of operands and how many: the usage line says the first, the program's checks the second.
OPERANDS = {
    "attach": ("kService", 1, -1), "export": ("kService", 1, -1), "stats": ("kService", 0, 1),
    "commit": ("kOther", 1, 2), "cp": ("kCopy", 2, 2), "exec": ("kServiceAndCommand", 2, -1),
    "run": ("kServiceAndMaybeCommand", 1, -1), "port": ("kServiceAndPort", 2, -1),
    "publish": ("kOther", 1, 1), "alpha publish": ("kOther", 1, 1),
    "scale": ("kServiceScales", 1, -1), "wait": ("kServices", 1, -1), "ls": ("kNone", 0, 0),
    "version": ("kNone", 0, 0), "alpha": ("kVerb", 1, -1), "bridge": ("kVerb", 1, -1),
    "bridge transformations": ("kVerb", 1, -1), "alpha generate": ("kOther", 0, -1),
    "alpha viz": ("kOther", 0, -1), "bridge convert": ("kOther", 0, -1),
    "bridge transformations create": ("kOther", 1, 1),
    "bridge transformations list": ("kOther", 0, -1),
}
TAKES_SERVICES = {"kServices", "kService", "kServiceAndCommand", "kServiceAndMaybeCommand",
                  "kServiceAndPort", "kServiceScales"}
FLAGS = {"bool"}


class Option:
    def __init__(self, name, short, takes_value, hidden=False, v1=False, canonical=None):
        self.name, self.short, self.takes_value = name, short, takes_value
        self.hidden, self.v1, self.canonical = hidden, v1, canonical or name

    def code(self):
        maker = "value" if self.takes_value else "flag"
        maker = ("old_" if self.v1 else "hidden_" if self.hidden else "") + maker
        words = ['"%s"' % self.name]
        if self.short or self.canonical != self.name:
            words.append("'%s'" % self.short if self.short else "0")
        if self.canonical != self.name:
            words.append('"%s"' % self.canonical)
        return "%s(%s)" % (maker, ", ".join(words))


def compose_options(text, section):
    match = re.search(r"^%s:\n(.*?)(?=^\S|\Z)" % section, text, re.M | re.S)
    found = []
    for block in re.split(r"^    - option: ", match.group(1) if match else "", flags=re.M)[1:]:
        get = lambda key: (re.search(r"^      %s: (.*)$" % key, block, re.M) or [None, ""])[1]
        name = "--" + block.split("\n", 1)[0].strip("'\" ")
        found.append(Option(name, get("shorthand").strip("'\""), get("value_type") not in FLAGS,
                            get("hidden") == "true"))
    return found


def read_compose(folder):
    """verb -> options; "" holds the global ones."""
    verbs = {}
    for path in sorted(pathlib.Path(folder).glob("docker_compose*.yaml")):
        text = path.read_text()
        verb = re.search(r"^command: docker compose ?(.*)$", text, re.M)[1].strip()
        if verb in GONE:
            continue
        options = compose_options(text, "options")
        known = {option.name for option in options}
        inherited = [("--help", "h", True), ("--dry-run", "", False)]
        options += [Option(n, s, False, h) for n, s, h in inherited if n not in known]
        for spelling, real in SPELLINGS.get(verb, []):
            options += [Option(spelling, "", option.takes_value, True, False, real)
                        for option in options if option.name == real]
        for option in options:
            option.canonical = CANONICAL.get((verb, option.name), option.canonical)
        verbs[verb] = options
    return verbs


def v1_options(text):
    found = []
    for line in text.split("\n"):
        match = re.match(r"\s+(?:-(\w), )?(--[\w-]+)(.*)$", line) or \
            re.match(r"\s+-(\w)()(\s.*)$", line)
        if not match:
            continue
        rest = match[3]
        takes = rest.startswith("=") or re.match(r" [\w(\[]\S*?\s{2,}|\s[A-Z_]+(=\S+)?(\s|$)", rest)
        found.append((match[2], match[1] or "", bool(takes)))
    return found


def read_v1(path):
    text = pathlib.Path(path).read_text()
    verbs = {"": v1_options(text[text.index("    Options:"):text.index("    Commands:")])}
    body = text[text.index("    def build(self"):]
    for match in re.finditer(r"    def (\w+)\((?:self|cls), options\):\n        \"\"\"(.*?)\"\"\"",
                             body, re.S):
        verb = match[1].replace("exec_command", "exec")
        at = match[2].find("Options:")
        verbs[verb] = v1_options(match[2][at:]) if at >= 0 else []
    verbs["version"] = [("--short", "", False)]
    return verbs


def add_v1(verbs, v1):
    old_verbs = sorted(set(v1) - set(verbs))
    for verb, rows in v1.items():
        options = verbs.setdefault(verb, [])
        for name, short, takes in rows:
            name = name or V1_SHORT[short]
            canonical = {"--volume": "--volume"}.get(name, name)
            if verb == "run" and name == "--no-tty":
                continue  # -T is there already
            same = next((o for o in options if o.name == name), None)
            if same is None:
                options.append(Option(name, short, takes, v1=True, canonical=canonical))
            elif same.takes_value != takes or (short and same.short != short):
                options.append(Option(name, short, takes, v1=True, canonical=canonical))
    verbs[""] += [Option(n, s, t, v1=True) for n, s, t in STANDALONE]
    return old_verbs


def read_docker(folder):
    """[(names, options)], the first name being the canonical one."""
    groups = ("container", "volume", "network", "image", "system", "builder")
    verbs = []
    # `inspect` stands alone: it looks at things of any kind.
    for path in sorted(pathlib.Path(folder).glob("*.md")):
        grouped = path.name.startswith(tuple(group + "_" for group in groups))
        if not grouped and path.stem != "inspect":
            continue
        text = path.read_text()
        canonical = path.stem.replace("_", " ")
        names = [canonical]
        aliases = re.search(r"### Aliases\n\n(.*)\n", text)
        if aliases:
            found = re.findall(r"`docker ([^`]*)`", aliases[1])
            names += [name for name in found if name != canonical]
        verbs.append((names, docker_options(text)))
    return verbs, docker_options((pathlib.Path(folder) / "docker.md").read_text())


def docker_options(text):
    found = []
    for line in text.split("\n"):
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)]
        names = re.findall(r"`(--?[\w-]+)`", cells[1]) if len(cells) > 3 else []
        if not names or not names[-1].startswith("--"):
            continue
        short = names[0][1] if len(names[0]) == 2 else ""
        found.append(Option(names[-1], short, cells[2].strip("` ") not in FLAGS))
    found.append(Option("--help", "h", False, True))
    listed = {option.name for option in found}
    found += [Option(older, "", True, True, False, name) for older, name in OLDER
              if {"--network-alias", "--dns-option"} <= listed]
    return found


def identifier(name):
    return "k" + "".join(part.capitalize() for part in re.split(r"[ -]", name)) if name else "kGlobal"


def array(name, options):
    lines, line = [], "   "
    for option in options:
        code = " " + option.code() + ","
        if len(line) + len(code) > 99:
            lines.append(line)
            line = "   "
        line += code
    return "constexpr OptionSpec %sOptions[] = {\n%s\n};\n" % (
        identifier(name), "\n".join(lines + [line]))


def header(what):
    return ("// GENERATED by tools/generate_command_lines.py from %s. Do not edit.\n"
            "// clang-format off\n" % what)


def write_compose(verbs, old_verbs, out):
    text = header("Docker Compose 2.40.3 and docker-compose 1.29.2")
    text += "".join(array(verb, options) for verb, options in sorted(verbs.items()) if options)
    text += "constexpr VerbSpec kVerbs[] = {\n"
    for name in sorted((set(verbs) | set(ALIASES)) - {""}):
        verb = ALIASES.get(name, name)
        shape, low, high = OPERANDS.get(verb, ("kServices", 0, -1))
        if verb == "help":
            shape = "kOther"
        truth = lambda value: "true" if value else "false"
        options = identifier(verb) + "Options" if verbs[verb] else "{}"
        text += '    {"%s", %s, OperandShape::%s, %d, %d,\n     %s, %s, %s, %s},\n' % (
            name, options, shape, low, high, truth(verb in STOPS),
            truth(shape in TAKES_SERVICES), truth(verb in old_verbs),
            truth(verb.startswith("alpha")))
    (pathlib.Path(out) / "compose_cli.inc").write_text(text + "};\n")


def write_docker(verbs, global_options, out):
    text = header("docker CLI 29.7") + array("", global_options)
    rows = []
    for names, options in verbs:
        text += array(names[0], options)
        rows += [(name, names[0]) for name in names]
    text += "constexpr DockerVerb kDockerVerbs[] = {\n"
    for name, canonical in sorted(rows):
        text += '    {"%s", "%s", %sOptions},\n' % (name, canonical, identifier(canonical))
    (pathlib.Path(out) / "docker_cli.inc").write_text(text + "};\n")


def refused(command, words):
    done = subprocess.run(command + words + ["--help"], capture_output=True, text=True, timeout=20)
    return next((line for line in (done.stdout + done.stderr).split("\n")
                 if re.match(r"unknown (shorthand )?flag|flag needs|Usage:  docker compose \[OPT",
                             line)), None)


def check(command, verbs, old_verbs):
    wrong = 0
    for verb, options in verbs.items():
        if verb in old_verbs:
            continue
        for option in options:
            if option.name == "--help" or (not verb and option.name == "--version"):
                continue
            value = ["1"] if option.takes_value else []
            for spelling in [option.name] + (["-" + option.short] if option.short else []):
                words = [spelling] + value
                if option.v1 and spelling.startswith("-" + option.short) and option.short and \
                        any(o.short == option.short and not o.v1 for o in options):
                    continue
                line = refused(command, verb.split() + words if verb else words + ["ps"])
                if bool(line) != option.v1:
                    wrong += 1
                    print("%s %s: v1 only %s, says %s" % (verb, spelling, option.v1, line))
    print("%d differences" % wrong)


def main():
    compose_docs, v1_main, docker_docs, out = sys.argv[1:5]
    verbs = read_compose(compose_docs)
    old_verbs = add_v1(verbs, read_v1(v1_main))
    write_compose(verbs, old_verbs, out)
    write_docker(*read_docker(docker_docs), out)
    if len(sys.argv) > 5:
        check(sys.argv[5].split(), verbs, old_verbs)


main()
