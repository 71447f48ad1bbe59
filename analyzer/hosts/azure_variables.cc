#include "analyzer/hosts/azure_variables.h"

#include <set>
#include <utility>

namespace composelint::hosts {
namespace {

// `$(name)` is filled in where a variable has the name, and left to the shell elsewhere. Those that
// Azure itself sets have a dot, which no command has.
bool is_system_variable(std::string_view name) {
  return name.find('.') != std::string_view::npos &&
         name.find_first_of(" \t/|;&<>\"'$()") == std::string_view::npos;
}

constexpr ExpressionSyntax kSystemMacro = {"$(", ")", is_system_variable};

std::set<std::string> macros_in(std::string_view text) {
  std::set<std::string> out;
  for (std::size_t at = text.find("$("); at != std::string_view::npos;
       at = text.find("$(", at + 2)) {
    const std::size_t end = text.find(')', at);
    if (end == std::string_view::npos) break;
    out.emplace(text.substr(at + 2, end - at - 2));
  }
  return out;
}

// my.variable is MY_VARIABLE to the shell.
std::string environment_name(std::string_view name) {
  std::string out(name);
  for (char& c : out) {
    if (c == '.' || c == ' ') c = '_';
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

}  // namespace

void AzureVariables::take(const std::string& name, HostText value) {
  const std::string shown = environment_name(name);
  if (value.text().find("$(") != std::string::npos) open_.push_back(shown);
  shell_.set(shown, value);
  written_.set(name, std::move(value));
}

HostText AzureVariables::fill(const HostText& from, const std::string& root) const {
  if (from.text().find("$(") == std::string::npos) return from;
  HostText text = fill_in(from, kSystemMacro, [&](std::string_view name) {
    const bool tree = name == "Build.SourcesDirectory" ||
                      name == "System.DefaultWorkingDirectory" ||
                      name == "Build.Repository.LocalPath";
    return tree ? std::optional(root) : known(name);
  });
  for (const std::string& name : macros_in(text.text())) {
    if (written_.find(name) == nullptr) continue;
    const std::optional<std::string> value = known(name);
    const std::string open = "$(" + name;
    text = fill_in(text, {open, ")", [](std::string_view rest) { return rest.empty(); }},
                   [&](std::string_view) { return value; });
  }
  return text;
}

Variables AzureVariables::for_shell(const std::string& root) const {
  Variables out = shell_;
  for (const std::string& name : open_) out.set(name, fill(*shell_.find(name), root));
  return out;
}

}  // namespace composelint::hosts
