#include "analyzer/engine/suppressions.h"

#include <composelint/nearest.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <limits>
#include <set>
#include <string_view>
#include <utility>

#include "analyzer/engine/block_lines.h"
#include "analyzer/engine/command_lines.h"
#include "analyzer/engine/directives.h"
#include "analyzer/signs/reports/repeated.h"
#include "analyzer/yaml/comments.h"

namespace composelint::engine {

namespace {

std::string_view trim(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

// What a comment covers, by how far it says that it reaches.
struct Covered {
  LineRange command;
  LineRange block;
};

class Reader {
 public:
  Reader(std::span<const Rule* const> rules, const std::string& today) : today_(today) {
    for (const Rule* rule : rules) slugs_.push_back(rule->slug);
  }

  void take(const Comment& comment, const Covered& covered) {
    const auto directive = read_directive(comment.span.text());
    if (!directive) return;
    if (!directive->trouble.empty()) return complain(comment, directive->trouble);
    LineRange lines{1, std::numeric_limits<std::uint32_t>::max()};
    if (directive->scope == Scope::kCommand) lines = covered.command;
    if (directive->scope == Scope::kBlock) lines = covered.block;
    for (std::size_t i = 0; i < directive->slugs.size(); ++i) {
      result_.allowed.push_back({comment_of(comment, *directive, i), lines});
    }
  }

  Allowances finish() { return std::move(result_); }

 private:
  void complain(const Comment& comment, const std::string& message) {
    result_.notifications.push_back({Severity::kWarning, comment.span.file->path(), comment.span,
                                     "composelint comment without effect: " + message});
  }

  [[nodiscard]] AllowComment comment_of(const Comment& comment, const Directive& directive,
                                        std::size_t index) const {
    const SourceFile& file = *comment.span.file;
    const std::string_view slug = directive.slugs[index];
    AllowComment out;
    out.span = comment.span;
    const auto at = static_cast<std::uint32_t>(slug.data() - file.bytes().data());
    out.place = {&file, at, at + static_cast<std::uint32_t>(slug.size())};
    out.removal = removal_of(comment, directive.slugs, index);
    out.rule = slug;
    out.reason = directive.reason;
    out.until = directive.until;
    out.known = std::find(slugs_.begin(), slugs_.end(), slug) != slugs_.end();
    if (!out.known) out.meant = nearest(slug, slugs_);
    // Dates of this form are in the order of their letters.
    out.expired = !out.until.empty() && out.until < today_;
    return out;
  }

  std::vector<std::string_view> slugs_;
  std::string today_;
  Allowances result_;
};

// The line that an own-line comment speaks of: the first one below that is neither blank nor a
// comment itself.
std::uint32_t line_below(const SourceFile& file, std::uint32_t line) {
  while (++line <= file.line_count()) {
    const std::string_view text = trim(file.line_text(line));
    if (!text.empty() && text.front() != '#') break;
  }
  return line;
}

std::uint32_t subject_line(const Comment& comment) {
  const std::uint32_t line = comment.span.file->line_of(comment.span.begin);
  return comment.own_line ? line_below(*comment.span.file, line) : line;
}

LineRange lines_of(const Span& span) {
  const std::uint32_t last = span.end > span.begin ? span.end - 1 : span.begin;
  return {span.file->line_of(span.begin), span.file->line_of(last)};
}

// In a document a comment speaks of the code block that begins on the next line or, behind its
// fence, on the one below.
LineRange script_below(const std::vector<LineRange>& scripts, std::uint32_t line) {
  for (const LineRange& script : scripts) {
    if (script.first == line || script.first == line + 1) return script;
  }
  return {line, line};
}

}  // namespace

void Allowances::append(Allowances other) {
  std::move(other.allowed.begin(), other.allowed.end(), std::back_inserter(allowed));
  std::move(other.notifications.begin(), other.notifications.end(),
            std::back_inserter(notifications));
}

namespace {

// Where the commands of a file stand, and which comments are in among them.
class HostComments {
 public:
  explicit HostComments(const hosts::HostFile& host) : host_(host) {
    for (const Comment& comment : host.comments) add(comment, false);
    std::set<const hosts::Block*> blocks;  // one that several tasks share is read once
    for (const hosts::Task& task : host.tasks) {
      for (const auto& block : task.blocks) {
        if (block->script.file != host.file || !blocks.insert(block.get()).second) continue;
        add(block->script);
      }
    }
  }

  void read(Reader& reader) const {
    for (const auto& [comment, in_script] : comments_) {
      reader.take(comment, covered_by(comment, in_script));
    }
  }

 private:
  void add(const Comment& comment, bool in_script) {
    // A recipe that runs in several variants has its comments in each.
    if (read_.insert(comment.span.begin).second) comments_.emplace_back(comment, in_script);
  }

  void add(const Script& script) {
    for (const Comment& comment : script.comments) add(comment, true);
    if (script.span) scripts_.push_back(lines_of(script.span));
    const auto append = [](std::vector<LineRange>& to, const std::vector<LineRange>& more) {
      to.insert(to.end(), more.begin(), more.end());
    };
    append(commands_, command_lines(script));
    append(whole_, whole_command_lines(script));
  }

  [[nodiscard]] Covered covered_by(const Comment& comment, bool in_script) const {
    const std::uint32_t line = subject_line(comment);
    if (is_html(comment)) {
      const LineRange script = script_below(scripts_, line);
      return {script, script};
    }
    Covered covered{{line, line}, {line, line}};
    for (const LineRange& command : commands_) {
      // Below its own line a comment sees where commands begin; behind one, all that it ends.
      if (comment.own_line ? command.first != line : !command.holds(line)) continue;
      widen(covered.command, command);
    }
    if (!in_script) covered.block = block_at(*host_.file, host_.kind, line);
    for (const LineRange& command : whole_) {
      if (command.first == line) widen(covered.block, command);
    }
    return covered;
  }

  static void widen(LineRange& range, const LineRange& by) {
    range.first = std::min(range.first, by.first);
    range.last = std::max(range.last, by.last);
  }

  const hosts::HostFile& host_;
  std::vector<std::pair<Comment, bool>> comments_;
  std::set<std::uint32_t> read_;
  std::vector<LineRange> commands_;
  std::vector<LineRange> whole_;
  std::vector<LineRange> scripts_;  // in the order of the file
};

bool speaks_to_us(const SourceFile& file) {
  return file.bytes().find("composelint:") != std::string_view::npos;
}

}  // namespace

Allowances allowances(const hosts::HostFile& host, std::span<const Rule* const> rules,
                      const std::string& today) {
  Reader reader(rules, today);
  if (speaks_to_us(*host.file)) HostComments(host).read(reader);
  return reader.finish();
}

Allowances allowances(const SourceFile& compose_file, std::span<const Rule* const> rules,
                      const std::string& today) {
  Reader reader(rules, today);
  if (!speaks_to_us(compose_file)) return reader.finish();
  for (const Comment& comment : yaml::comments(compose_file)) {
    const std::uint32_t line = subject_line(comment);
    reader.take(comment,
                {{line, line}, block_at(compose_file, hosts::HostKind::kComposeCommands, line)});
  }
  return reader.finish();
}

namespace {

// The comment that allows what `rule` says of `span`; all that do are in use.
const AllowComment* allowing(const std::string& rule, const Span& span,
                             std::vector<Allowance>& allowed) {
  const AllowComment* by = nullptr;
  for (Allowance& candidate : allowed) {
    AllowComment& comment = candidate.comment;
    if (!span || comment.rule != rule || comment.expired) continue;
    if (comment.span.file != span.file) continue;
    if (!candidate.lines.holds(span.file->line_of(span.begin))) continue;
    comment.used = true;
    if (by == nullptr) by = &comment;
  }
  return by;
}

// The places of a finding of which no comment says anything; its first is its own.
std::vector<Span> left_open(const Finding& finding, std::vector<Allowance>& allowed) {
  std::vector<Span> open;
  const auto look = [&](const Span& place) {
    if (allowing(finding.rule, place, allowed) == nullptr) open.push_back(place);
  };
  look(finding.span);
  for (const Related& related : finding.related) {
    if (related.message == kHereAsWell) look(related.span);
  }
  return open;
}

// Each place is mended by edits of its own then.
bool is_told_of_several(const Finding& finding) {
  return std::any_of(finding.related.begin(), finding.related.end(),
                     [](const Related& related) { return related.message == kHereAsWell; });
}

// Its own place is allowed, another is not: it is told there, of that one alone.
void move_to(Finding& finding, const Span& place) {
  finding.span = place;
  std::erase_if(finding.related, [&](const Related& related) {
    return related.message == kHereAsWell && related.span == place;
  });
}

}  // namespace

void apply(std::vector<Finding> findings, std::vector<Allowance>& allowed, Run& run) {
  for (Finding& finding : findings) {
    const std::vector<Span> open = left_open(finding, allowed);
    const AllowComment* by = allowing(finding.rule, finding.span, allowed);
    if (by != nullptr && open.empty()) {
      run.suppressed.push_back({std::move(finding), by->span, by->reason});
      continue;
    }
    const bool several = is_told_of_several(finding);
    if (by != nullptr) move_to(finding, open.front());
    // One finding may be about several places, and one of them be as it is on purpose.
    std::erase_if(finding.fixes, [&](Fix& fix) {
      const std::size_t whole = fix.edits.size();
      std::erase_if(fix.edits, [&](const Edit& edit) {
        return allowing(finding.rule, edit.span, allowed) != nullptr;
      });
      return fix.edits.empty() || (fix.edits.size() < whole && !several);
    });
    run.findings.push_back(std::move(finding));
  }
}

}  // namespace composelint::engine
