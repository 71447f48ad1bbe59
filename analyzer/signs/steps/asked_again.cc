#include "analyzer/signs/steps/asked_again.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/steps/inner_command.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

namespace {

bool is_same(const Argument& one, const Argument& other) {
  return one.text == other.text &&
         std::equal(one.holes.begin(), one.holes.end(), other.holes.begin(), other.holes.end(),
                    [](const Hole& a, const Hole& b) { return a.at == b.at && a.name == b.name; });
}

}  // namespace

bool says_the_same(const Step& left, const Step& right) {
  return std::equal(left.argv.begin(), left.argv.end(), right.argv.begin(), right.argv.end(),
                    is_same);
}

bool asks_whether_it_runs(const Step& question, const Step& next) {
  if (!question.call || !next.call || !question.call->is("exec") || !next.call->is("exec")) {
    return false;
  }
  const std::vector<Argument>& words = question.call->inner;
  const Argument* asked = question.call->service();
  const Argument* used = next.call->service();
  const bool nothing_else =
      !words.empty() && (words.front().is("echo") || words.front().is("true"));
  return nothing_else && asked != nullptr && used != nullptr && asked->known() &&
         asked->text == used->text;
}

namespace {

// What a client talks to; empty for other programs.
std::string_view server_of(const Step& step) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kClients = {
      {{"mysql", "mysql"},
       {"mysqladmin", "mysql"},
       {"mariadb", "mysql"},
       {"mariadb-admin", "mysql"},
       {"pg_isready", "postgres"},
       {"psql", "postgres"},
       {"createdb", "postgres"},
       {"mongosh", "mongo"},
       {"redis-cli", "redis"}}};
  const auto inner = inner_command_of(step);
  if (!inner && step.launcher != Launcher::kNone) return {};
  const std::string_view program =
      inner ? std::string_view(inner->words->front().text) : program_name(step);
  const auto* const found = std::find_if(kClients.begin(), kClients.end(), [&](const auto& client) {
    return client.first == program;
  });
  return found == kClients.end() ? std::string_view() : found->second;
}

// The container that is entered; of a program of this machine none.
const Argument* container_of(const Step& step) {
  if (step.call) return step.call->service();
  return step.docker && !step.docker->operands.empty() ? &step.docker->operands.front() : nullptr;
}

}  // namespace

bool is_client_of_the_same(const Step& question, const Step& next) {
  const std::string_view server = server_of(next);
  if (server.empty() || server_of(question) != server) return false;
  const Argument* asked = container_of(question);
  const Argument* used = container_of(next);
  return asked == nullptr || used == nullptr ? asked == used : is_same(*asked, *used);
}

namespace {

// What stands in `$(…)` of a line, with its `$(`; empty without one.
std::string_view substitution_in(std::string_view text) {
  const std::size_t at = text.find("$(");
  if (at == text.npos || text.substr(at).starts_with("$((")) return {};
  const std::size_t end = text.find(')', at);
  return end == text.npos ? std::string_view() : text.substr(at, end - at);
}

}  // namespace

bool is_counted_again(const Branch& loop) {
  const std::string_view question = substitution_in(loop.condition.text());
  if (question.empty()) return false;
  // The next two lines that are no comment.
  std::string_view rest = loop.span.file->bytes().substr(loop.span.end);
  std::string variable;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    line.remove_prefix(std::min(line.find_first_not_of(" \t;\r"), line.size()));
    if (line.empty() || line.front() == '#') continue;
    if (!variable.empty()) {
      const bool tests = line.starts_with("if ") || line.starts_with('[') ||
                         line.starts_with("case ") || line.starts_with("test ");
      return tests &&
             (line.find("$" + variable) != line.npos || line.find("{" + variable) != line.npos);
    }
    if (line.starts_with("local ")) line.remove_prefix(6);
    const std::size_t equals = line.find('=');
    if (equals == line.npos || substitution_in(line.substr(equals)) != question) return false;
    variable = line.substr(0, equals);
  }
  return false;
}

}  // namespace composelint
