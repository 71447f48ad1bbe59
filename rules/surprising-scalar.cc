#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/value.h>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/reports/repeated.h"
#include "analyzer/signs/reports/written_nodes.h"
#include "analyzer/signs/stacks/stack_parts.h"
#include "analyzer/signs/words/development_words.h"

namespace composelint::rules {
namespace {

bool is_digit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

bool begins_a_number(std::string_view text) {
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && is_digit(text.front());
}

bool names_a_version(std::string_view name) {
  std::string big(name);
  for (char& c : big) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return big.find("VERSION") != big.npos || big.ends_with("_TAG") || big == "TAG" ||
         big.ends_with("_RELEASE") || big == "RELEASE";
}

// `1.10`, `1.0`, `+1`: the number stays what it was.
bool is_same_number(std::string_view written) {
  const bool decimal =
      std::all_of(written.begin(), written.end(), [](char c) { return is_digit(c) || c == '.'; });
  return decimal && written.find('.') != written.npos;
}

// `UMASK: 002`, `UMASK: 000`: the digit says the same without the zeros before it.
bool is_the_same_mask(std::string_view name, std::string_view written, std::string_view read) {
  return has_name_word(name, {"umask", "mask", "mode"}) && written.ends_with(read) &&
         written.find_first_not_of('0') >= written.size() - read.size();
}

bool is_surprising(std::string_view name, std::string_view written, std::string_view read) {
  if (written.empty() || written == read || !begins_a_number(written)) return false;
  if (is_the_same_mask(name, written, read)) return false;
  if (written.find_first_of("$ \t\n:/") != written.npos) return false;
  if (written.starts_with('+') && written.substr(1) == read) return false;
  const bool exponent = read.find('e') != read.npos;
  return exponent || names_a_version(name) || !is_same_number(written);
}

void report(const Service& service, std::string_view name, const Value& value,
            RuleContext& context) {
  const std::string written(value.span.text());
  Finding& finding = context.report(value.span,
                                    quoted(name) + " of " + quoted(service.name) + " becomes " +
                                        quoted(value.text) + ": YAML reads " + quoted(written) +
                                        " as a number; put it in quotes",
                                    {service.name, std::string(name)});
  if (has_anchor(value.span)) return;
  finding.fixes.push_back(
      {"Put it in quotes", FixSafety::kSafe, {{value.span, "\"" + written + "\""}}});
}

// Texts made of what YAML took for numbers.
void look_at_texts(const Service& service, RuleContext& context) {
  static constexpr std::string_view kMaps[] = {"environment",  "labels",     "annotations",
                                               "sysctls",      "build.args", "logging.options",
                                               "build.labels", "storage_opt"};
  for (const std::string_view path : kMaps) {
    const Value* map = service.attribute(path);
    if (map == nullptr) continue;
    for (const Member& member : map->members) {
      const Value& value = member.value;
      if (!value.known || !value.is_string() || !value.span) continue;
      if (is_surprising(member.key, value.span.text(), value.text)) {
        report(service, member.key, value, context);
      }
    }
  }
}

constexpr std::string_view kQuotes = "quotes";  // in the key

// What is shown to people and taken apart by no program: the quotes are seen at most. A host is
// asked for by its name.
bool is_shown(std::string_view name, std::string_view value) {
  if (name == "NAME" || has_name_word(name, {"title", "description", "motd"})) return true;
  const bool one = std::all_of(value.begin() + 1, value.end() - 1, [](unsigned char c) {
    return std::islower(c) != 0 || std::isdigit(c) != 0 || c == '.' || c == '-';
  });
  const bool host = one && (value.find('.') != value.npos || has_name_word(name, {"server"}));
  return name.ends_with("_NAME") && !host &&
         has_name_word(name, {"app", "display", "server", "site"});
}

// Two marks are a token as good as any, and no proxy.
bool means_something_empty(std::string_view name) {
  return has_name_word(name, {"key", "pass", "password", "proxy", "secret", "token"});
}

// Laravel takes a pair of quotes off what its environment has.
bool is_of_laravel(const Service& service) {
  const auto has = [&](std::string_view name) {
    return std::any_of(service.environment.begin(), service.environment.end(),
                       [&](const auto& each) { return each.first == name; });
  };
  return has("APP_KEY") && (has("APP_URL") || has("DB_CONNECTION"));
}

// `- DOMAIN='${DOMAIN}'`: YAML takes the quotes off a value that begins with one, and this begins
// with a name.
void look_at_quotes(const Service& service, RuleContext& context) {
  const Value* map = service.attribute("environment");
  if (map == nullptr || is_of_laravel(service)) return;
  for (const Member& member : map->members) {
    if (member.key == "NODE_OPTIONS") continue;  // Node.js takes them off
    const std::string_view written = member.value.span.text();
    const std::string before = member.key + "=";
    // Of env files Compose takes them off.
    const bool here =
        member.value.span.file != nullptr && member.value.span.file->path().ends_with("ml");
    if (!here || !written.starts_with(before)) continue;
    const std::string_view value = written.substr(before.size());
    if (value.size() < 2 || (value.front() != '"' && value.front() != '\'')) continue;
    // Mostly an empty pair is as good as nothing.
    if (value.size() == 2 && !means_something_empty(member.key)) continue;
    if (is_shown(member.key, value)) continue;
    // The mark stands inside as well: it is no pair around the whole.
    if (value.find(value.front(), 1) != value.size() - 1) continue;
    Finding& finding = context.report(member.value.span,
                                      quoted(member.key) + " gets its quotes as well: behind " +
                                          quoted(before) + " they are a part of the value",
                                      {service.name, member.key, std::string(kQuotes)});
    finding.severity = Severity::kNote;
  }
}

// `440` where `0440` was meant: three digits of eight, and the first no zero.
bool is_a_mode(std::string_view written) {
  return (written.size() == 3 || written.size() == 4) && written.front() != '0' &&
         std::all_of(written.begin(), written.end(), [](char c) { return c >= '0' && c < '8'; });
}

std::string octal(std::int64_t number) {
  std::string out;
  for (; number > 0; number /= 8) out.insert(out.begin(), static_cast<char>('0' + number % 8));
  return "0" + out;
}

void look_at_mode(const Service& service, const Value* mode, RuleContext& context) {
  if (mode == nullptr || !mode->known || !mode->span || !is_a_mode(mode->span.text())) return;
  const std::string written(mode->span.text());
  Finding& finding =
      context.report(mode->span,
                     "the mode becomes " + quoted(octal(std::stoll(written))) + ": YAML reads " +
                         quoted(written) + " as a decimal number; write " + quoted("0" + written),
                     {service.name, "mode", written});
  if (has_anchor(mode->span)) return;
  finding.fixes.push_back({"Write 0" + written,
                           FixSafety::kSafe,
                           {{{mode->span.file, mode->span.begin, mode->span.begin}, "0"}}});
}

void on_service(const Service& service, const Project& project, RuleContext& context) {
  if (is_template(service, project)) return;
  look_at_texts(service, context);
  look_at_quotes(service, context);
  for (const std::string_view list : {"secrets", "configs", "volumes"}) {
    const Value* items = service.attribute(list);
    if (items == nullptr) continue;
    for (const Value& item : items->items) {
      look_at_mode(service, item.find("mode"), context);
      if (const Value* tmpfs = item.find("tmpfs")) {
        look_at_mode(service, tmpfs->find("mode"), context);
      }
    }
  }
}

void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  std::vector<Finding*> of_quotes;
  std::copy_if(findings.begin(), findings.end(), std::back_inserter(of_quotes),
               [](const Finding* finding) { return finding->key.back() == kQuotes; });
  tell_once_a_file(facts, of_quotes);
  // The same value of the same variable, in services that are made alike, is one as well.
  std::map<std::pair<std::string_view, std::string_view>, std::vector<Finding*>> numbers;
  for (Finding* finding : findings) {
    if (finding->key.back() == kQuotes || !finding->span) continue;
    numbers[{finding->key[1], finding->span.text()}].push_back(finding);
  }
  for (const auto& [what, group] : numbers) tell_once_a_file(facts, group);
  // The same variable in the files of one directory is one slip.
  std::map<std::string, std::vector<Finding*>> alike;
  for (Finding* finding : of_quotes) {
    if (finding->severity == Severity::kOff) continue;
    alike[std::string(directory_of(*finding->span.file)) + '\n' +
          finding->message.substr(0, finding->message.find("; "))]
        .push_back(finding);
  }
  for (const auto& [what, group] : alike) {
    if (group.size() < 2) continue;
    for (std::size_t i = 1; i < group.size(); ++i) merge_into(*group.front(), *group[i]);
    tell_of_more_files(*group.front(), group);
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n"
              "    environment:\n"
              "      UMASK: 022\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    environment:\n"
            "      UMASK: \"022\"\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(surprising_scalar) = {
    .slug = "surprising-scalar",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning,
                 .dev = Severity::kWarning,
                 .ci = Severity::kWarning,
                 .docs = Severity::kNote},
    .summary = "A value without quotes becomes another one",
    .rationale =
        "What stands without quotes and looks like a number is one, and Compose writes it its own "
        "way: `UMASK: 022` becomes `18`, `ID: 0x1F` becomes `31`, `N: 1_000` becomes `1000`, "
        "`VERSION: 1.10` becomes `1.1`, `SIZE: 12345678.0` becomes `1.2345678e+07`; a secret's "
        "`mode: 440` is `0670` (measured with 2.40.3). `yes`, `on` and `22:22` stay as they are. "
        "In "
        "a list `- NAME='value'` keeps its quotes, as it is `NAME` that YAML sees at its "
        "beginning: a "
        "note.",
    .silent_on =
        "`mode: 0440`, which is octal as it should be. Trailing zeros of other numbers than "
        "versions. `True`, which becomes `true`: programs mostly take both. Values of the list "
        "form "
        "(`- UMASK=022`), which are text. One digit behind zeros in what is called a mask or a "
        "mode "
        "(`002`). Quotes around nothing but in secrets and proxies, in what is shown to people "
        "(`APP_NAME`, "
        "`SITE_TITLE`) and looks like no host, and where Laravel or Node.js takes them off.",
    .examples = kExamples,
    .fix = FixKind::kSafe,
    .on_service = on_service,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
