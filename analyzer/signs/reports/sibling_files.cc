#include "analyzer/signs/reports/sibling_files.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "analyzer/signs/reports/repeated.h"
#include "analyzer/signs/stacks/stack_parts.h"
#include "analyzer/signs/words/allowed_there.h"
#include "analyzer/signs/words/development_words.h"
#include "analyzer/signs/words/head_comment.h"

namespace composelint {

bool leads(const SourceFile& file, const SourceFile& other) {
  const auto rank = [](const SourceFile& each) {
    const std::string_view path = each.path();
    const bool produces = has_name_word(file_name(path), {"prod", "production"});
    return std::tuple(!produces, !has_default_name(each), path.size(), path);
  };
  return rank(file) < rank(other);
}

void tell_with_siblings(std::vector<Told> all) {
  std::sort(all.begin(), all.end(), [](const Told& a, const Told& b) {
    if (a.finding->severity != b.finding->severity) {
      return a.finding->severity > b.finding->severity;
    }
    if (a.finding->span.file != b.finding->span.file) {
      return leads(*a.finding->span.file, *b.finding->span.file);
    }
    return a.finding->span.begin < b.finding->span.begin;
  });
  std::vector<std::pair<const Told*, std::vector<Finding*>>> leaders;
  for (const Told& each : all) {
    const auto leader = std::find_if(leaders.begin(), leaders.end(), [&](const auto& known) {
      return known.first->within == each.within &&
             known.first->finding->span.file != each.finding->span.file &&
             std::includes(known.first->what.begin(), known.first->what.end(), each.what.begin(),
                           each.what.end());
    });
    if (leader == leaders.end()) {
      leaders.push_back({&each, {}});
    } else {
      leader->second.push_back(each.finding);
    }
  }
  for (auto& [leader, others] : leaders) {
    for (Finding* other : others) merge_into(*leader->finding, *other);
    tell_of_more_files(*leader->finding, others);
  }
}

namespace {

std::string_view line_around(Span place) {
  std::string_view text = place.file->line_text(place.file->line_of(place.begin));
  text.remove_prefix(std::min(text.find_first_not_of(" \t-"), text.size()));
  return text.substr(0, text.find_last_not_of(" \t\r") + 1);  // npos + 1 is 0
}

// "This is a generated compose file", behind a licence, it may be.
bool is_headed_as_written(const SourceFile& file) {
  return has_name_word(head_comment(file).lines, {"generated"});
}

}  // namespace

void tell_same_line_once(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  std::vector<Told> all;
  for (Finding* finding : findings) {
    if (finding->severity == Severity::kOff || !finding->span) continue;
    // It stays one of its own, with the reason that the comment gives.
    if (is_allowed_there(finding->span, finding->rule)) continue;
    const SourceFile& file = *finding->span.file;
    const auto is_read = [&](const Project* project) { return reads(*project, &file); };
    if (std::none_of(facts.projects.begin(), facts.projects.end(), is_read)) continue;
    std::string within(is_headed_as_written(file) ? "generated" : directory_of(file));
    within += '\n' + finding->message;
    all.push_back({finding, std::move(within), {std::string(line_around(finding->span))}});
  }
  tell_with_siblings(std::move(all));
}

}  // namespace composelint
