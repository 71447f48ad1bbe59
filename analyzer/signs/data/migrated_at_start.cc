#include "analyzer/signs/data/migrated_at_start.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/steps/inner_command.h"

namespace composelint {

namespace {

// "manage.py migrate" of `python manage.py migrate --noinput`: without interpreter and options.
std::string bare_task(const std::vector<Argument>& words) {
  static constexpr std::array<std::string_view, 8> kStarters = {
      "bundle", "exec", "npx", "php", "poetry", "python", "python3", "run"};
  std::string out;
  for (const Argument& word : words) {
    if (!word.known() || word.text.starts_with('-')) continue;
    const std::string_view name = file_name(word.text);
    const bool starts =
        out.empty() && std::find(kStarters.begin(), kStarters.end(), name) != kStarters.end();
    if (!starts) out += (out.empty() ? "" : " ") + std::string(out.empty() ? name : word.text);
  }
  return out;
}

}  // namespace

bool is_run_at_each_start(const Step& step) {
  // On another machine: the stack beside the script, as far as that is known.
  const Argument* name = step.call ? step.call->service() : nullptr;
  const Project* likely = name != nullptr ? step.call->target.likely : nullptr;
  const Service* service = service_of(step);
  if (service == nullptr && likely != nullptr) service = likely->service(name->text);
  const auto inner = inner_command_of(step);
  if (service == nullptr || !service->command || !service->command->known || !inner) return false;
  const std::string task = bare_task(*inner->words);
  if (task.find(' ') == std::string::npos) return false;
  return std::any_of(service->command->value.begin(), service->command->value.end(),
                     [&](const std::string& word) { return word.find(task) != std::string::npos; });
}

}  // namespace composelint
