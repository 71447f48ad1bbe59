#include "analyzer/knowledge/wrapper_table.h"

#include "analyzer/knowledge/option_rows.h"

namespace composelint::knowledge {
namespace {

// A short option without a long name is called by its short form.
constexpr OptionSpec shorts(char letter, std::string_view canonical, Arity arity = Arity::kFlag) {
  return {{}, canonical, arity, letter, false, false};
}

constexpr OptionSpec kSudo[] = {flag("--askpass", 'A'),
                                flag("--background", 'b'),
                                flag("--bell", 'B'),
                                value("--close-from", 'C'),
                                value("--chdir", 'D'),
                                optional_value("--preserve-env"),
                                shorts('E', "-E"),
                                flag("--edit", 'e'),
                                value("--group", 'g'),
                                flag("--set-home", 'H'),
                                flag("--login", 'i'),
                                flag("--remove-timestamp", 'K'),
                                flag("--reset-timestamp", 'k'),
                                flag("--list", 'l'),
                                flag("--no-update", 'N'),
                                flag("--non-interactive", 'n'),
                                flag("--preserve-groups", 'P'),
                                value("--prompt", 'p'),
                                value("--chroot", 'R'),
                                value("--role", 'r'),
                                flag("--stdin", 'S'),
                                flag("--shell", 's'),
                                value("--type", 't'),
                                value("--command-timeout", 'T'),
                                value("--other-user", 'U'),
                                value("--user", 'u'),
                                flag("--version", 'V'),
                                flag("--validate", 'v'),
                                flag("--help", 'h')};
constexpr OptionSpec kDoas[] = {
    shorts('C', "-C", Arity::kValue), shorts('L', "-L"),   shorts('n', "-n"), shorts('s', "-s"),
    shorts('a', "-a", Arity::kValue), value("--user", 'u')};
constexpr OptionSpec kEnv[] = {flag("--ignore-environment", 'i'),
                               flag("--null", '0'),
                               value("--unset", 'u'),
                               value("--chdir", 'C'),
                               value("--split-string", 'S'),
                               flag("--debug", 'v'),
                               optional_value("--block-signal"),
                               optional_value("--default-signal"),
                               optional_value("--ignore-signal"),
                               flag("--help"),
                               flag("--version")};
constexpr OptionSpec kTime[] = {flag("--portability", 'p'), flag("--verbose", 'v'),
                                flag("--append", 'a'),      flag("--quiet", 'q'),
                                value("--format", 'f'),     value("--output", 'o')};
constexpr OptionSpec kTimeout[] = {flag("--foreground", 'f'), flag("--preserve-status", 'p'),
                                   flag("--verbose", 'v'), value("--signal", 's'),
                                   value("--kill-after", 'k')};
constexpr OptionSpec kNice[] = {value("--adjustment", 'n')};
constexpr OptionSpec kIonice[] = {value("--class", 'c'), value("--classdata", 'n'),
                                  flag("--ignore", 't'), value("--pid", 'p')};
constexpr OptionSpec kStdbuf[] = {value("--input", 'i'), value("--output", 'o'),
                                  value("--error", 'e')};
constexpr OptionSpec kSetsid[] = {flag("--ctty", 'c'), flag("--fork", 'f'), flag("--wait", 'w')};
constexpr OptionSpec kChronic[] = {shorts('v', "-v"), shorts('e', "-e")};
constexpr OptionSpec kUnbuffer[] = {shorts('p', "-p")};
constexpr OptionSpec kCommand[] = {shorts('p', "-p"), shorts('v', "-v"), shorts('V', "-V")};
constexpr OptionSpec kExec[] = {shorts('c', "-c"), shorts('l', "-l"),
                                shorts('a', "-a", Arity::kValue)};
constexpr OptionSpec kXargs[] = {flag("--null", '0'),
                                 flag("--no-run-if-empty", 'r'),
                                 flag("--verbose", 't'),
                                 flag("--interactive", 'p'),
                                 flag("--exit", 'x'),
                                 flag("--open-tty", 'o'),
                                 value("--max-args", 'n'),
                                 value("--max-procs", 'P'),
                                 value("--delimiter", 'd'),
                                 value("--arg-file", 'a'),
                                 value("--max-chars", 's'),
                                 shorts('I', "-I", Arity::kValue),
                                 shorts('L', "-L", Arity::kValue),
                                 shorts('E', "-E", Arity::kValue),
                                 optional_value("--replace", 'i'),
                                 optional_value("--max-lines", 'l'),
                                 optional_value("--eof", 'e')};
constexpr OptionSpec kWatch[] = {flag("--beep", 'b'),     flag("--color", 'c'),
                                 flag("--errexit", 'e'),  flag("--chgexit", 'g'),
                                 flag("--no-title", 't'), flag("--exec", 'x'),
                                 flag("--precise", 'p'),  optional_value("--differences", 'd'),
                                 value("--interval", 'n')};
constexpr OptionSpec kFlock[] = {flag("--shared", 's'),      flag("--exclusive", 'x'),
                                 shorts('e', "--exclusive"), flag("--unlock", 'u'),
                                 flag("--nonblock", 'n'),    flag("--close", 'o'),
                                 flag("--no-fork", 'F'),     flag("--verbose"),
                                 value("--timeout", 'w'),    value("--conflict-exit-code", 'E'),
                                 value("--command", 'c')};
constexpr OptionSpec kChroot[] = {value("--userspec"), value("--groups"), flag("--skip-chdir")};
constexpr OptionSpec kTini[] = {shorts('s', "-s"),
                                shorts('g', "-g"),
                                shorts('v', "-v"),
                                shorts('w', "-w"),
                                shorts('p', "-p", Arity::kValue),
                                shorts('e', "-e", Arity::kValue)};
constexpr OptionSpec kDumbInit[] = {flag("--single-child", 'c'), flag("--verbose", 'v'),
                                    value("--rewrite", 'r')};
constexpr OptionSpec kSshpass[] = {shorts('p', "-p", Arity::kValue),
                                   shorts('f', "-f", Arity::kValue),
                                   shorts('d', "-d", Arity::kValue),
                                   shorts('P', "-P", Arity::kValue),
                                   shorts('e', "-e"),
                                   shorts('v', "-v")};
constexpr OptionSpec kRunuser[] = {value("--user", 'u'), value("--group", 'g'),
                                   value("--supp-group", 'G')};
constexpr OptionSpec kScript[] = {flag("--append", 'a'), flag("--return", 'e'),
                                  flag("--flush", 'f'), flag("--quiet", 'q'),
                                  value("--command", 'c')};
constexpr OptionSpec kNpx[] = {flag("--yes", 'y'),   flag("--no-install"), flag("--no"),
                               flag("--quiet", 'q'), flag("--bun"),        value("--package", 'p'),
                               value("--call", 'c')};
constexpr OptionSpec kUvRun[] = {flag("--frozen"),
                                 flag("--locked"),
                                 flag("--no-sync"),
                                 flag("--isolated"),
                                 flag("--no-dev"),
                                 flag("--dev"),
                                 flag("--all-extras"),
                                 flag("--all-groups"),
                                 flag("--no-project"),
                                 flag("--quiet", 'q'),
                                 flag("--active"),
                                 flag("--no-cache", 'n'),
                                 flag("--offline"),
                                 flag("--no-default-groups"),
                                 flag("--exact"),
                                 value("--extra"),
                                 value("--group"),
                                 value("--no-group"),
                                 value("--only-group"),
                                 value("--with"),
                                 value("--with-requirements"),
                                 value("--env-file"),
                                 value("--project"),
                                 value("--directory"),
                                 value("--python", 'p'),
                                 value("--package"),
                                 flag("--module", 'm')};
constexpr OptionSpec kConda[] = {value("--name", 'n'), value("--prefix", 'p'), value("--cwd"),
                                 flag("--no-capture-output"), flag("--live-stream")};
constexpr OptionSpec kQuiet[] = {flag("--quiet", 'q'), flag("--silent", 's')};
constexpr OptionSpec kParallel[] = {
    value("--jobs", 'j'),    flag("--keep-order", 'k'), flag("--null", '0'),   flag("--will-cite"),
    flag("--halt-on-error"), value("--halt"),           flag("--verbose", 't')};

constexpr WrapperSpec kWrappers[] = {
    {"sudo", "", kSudo, 0, kTakesAssignments, "--edit --list --validate --version --help", ""},
    {"doas", "", kDoas, 0, 0, "", ""},
    {"env", "", kEnv, 0, kTakesAssignments, "--help --version", "--split-string"},
    {"time", "", kTime, 0, 0, "", ""},
    {"timeout", "", kTimeout, 1, kBounded, "", ""},
    {"gtimeout", "", kTimeout, 1, kBounded, "", ""},
    {"nice", "", kNice, 0, kTakesNumber, "", ""},
    {"ionice", "", kIonice, 0, 0, "--pid", ""},
    {"nohup", "", {}, 0, kBackground, "", ""},
    {"setsid", "", kSetsid, 0, kBackground, "", ""},
    {"stdbuf", "", kStdbuf, 0, 0, "", ""},
    {"chronic", "", kChronic, 0, 0, "", ""},
    {"unbuffer", "", kUnbuffer, 0, 0, "", ""},
    {"eatmydata", "", {}, 0, 0, "", ""},
    {"fakeroot", "", {}, 0, 0, "", ""},
    {"command", "", kCommand, 0, 0, "-v -V", ""},
    {"builtin", "", {}, 0, 0, "", ""},
    {"exec", "", kExec, 0, 0, "", ""},
    {"eval", "", {}, 0, kJoinsWords, "", ""},
    {"watch", "", kWatch, 0, kJoinsWords | kRepeats, "", ""},
    {"xargs", "", kXargs, 0, kFeedsWords | kRepeats, "", ""},
    {"parallel", "", kParallel, 0, kFeedsWords | kRepeats, "", ""},
    {"flock", "", kFlock, 1, 0, "--unlock", "--command"},
    {"sshpass", "", kSshpass, 0, 0, "", ""},
    {"docker-machine", "ssh", {}, 1, kJoinsWords | kRemote, "", ""},
    {"runuser", "", kRunuser, 0, 0, "", ""},
    {"script", "", kScript, 0, kAfterDashes, "", "--command"},
    {"chroot", "", kChroot, 1, 0, "", ""},
    {"tini", "", kTini, 0, 0, "", ""},
    {"docker-init", "", kTini, 0, 0, "", ""},
    {"dumb-init", "", kDumbInit, 0, 0, "", ""},
    {"catatonit", "", {}, 0, 0, "", ""},
    {"gosu", "", {}, 1, 0, "", ""},
    {"su-exec", "", {}, 1, 0, "", ""},
    {"s6-setuidgid", "", {}, 1, 0, "", ""},
    {"with-contenv", "", {}, 0, 0, "", ""},
    {"wait-for-it", "", {}, 0, kAfterDashes, "", ""},
    {"wait-for-it.sh", "", {}, 0, kAfterDashes, "", ""},
    {"wait-for", "", {}, 0, kAfterDashes, "", ""},
    {"wait-for.sh", "", {}, 0, kAfterDashes, "", ""},
    {"cross-env", "", {}, 0, kTakesAssignments, "", ""},
    {"cross-env-shell", "", {}, 0, kTakesAssignments | kJoinsWords, "", ""},
    {"dotenv", "", {}, 0, kAfterDashes, "", ""},
    {"dotenvx", "run", {}, 0, kAfterDashes, "", ""},
    {"op", "run", {}, 0, kAfterDashes, "", ""},
    {"doppler", "run", {}, 0, kAfterDashes, "", ""},
    {"infisical", "run", {}, 0, kAfterDashes, "", ""},
    {"aws-vault", "exec", {}, 0, kAfterDashes, "", ""},
    {"direnv", "exec", {}, 1, 0, "", ""},
    {"mise", "exec", {}, 0, kAfterDashes, "", ""},
    {"mise", "x", {}, 0, kAfterDashes, "", ""},
    {"bundle", "exec", {}, 0, 0, "", ""},
    {"bundler", "exec", {}, 0, 0, "", ""},
    {"rbenv", "exec", {}, 0, 0, "", ""},
    {"pyenv", "exec", {}, 0, 0, "", ""},
    {"asdf", "exec", {}, 0, 0, "", ""},
    {"poetry", "run", {}, 0, 0, "", ""},
    {"pipenv", "run", {}, 0, 0, "", ""},
    {"pdm", "run", {}, 0, 0, "", ""},
    {"rye", "run", {}, 0, 0, "", ""},
    {"hatch", "run", {}, 0, 0, "", ""},
    {"pixi", "run", {}, 0, 0, "", ""},
    {"uv", "run", kUvRun, 0, 0, "", ""},
    {"conda", "run", kConda, 0, 0, "", ""},
    {"npx", "", kNpx, 0, 0, "", "--call"},
    {"pnpx", "", kNpx, 0, 0, "", ""},
    {"bunx", "", kNpx, 0, 0, "", ""},
    {"npm", "exec", kNpx, 0, 0, "", "--call"},
    {"npm", "x", kNpx, 0, 0, "", "--call"},
    {"pnpm", "exec", kQuiet, 0, 0, "", ""},
    {"pnpm", "dlx", kQuiet, 0, 0, "", ""},
    {"yarn", "exec", kQuiet, 0, 0, "", ""},
    {"yarn", "dlx", kNpx, 0, 0, "", ""},
    {"composer", "exec", {}, 0, 0, "", ""}};

}  // namespace

std::span<const WrapperSpec> wrapper_table() {
  return kWrappers;
}

}  // namespace composelint::knowledge
