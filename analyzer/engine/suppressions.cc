#include "analyzer/engine/suppressions.h"

#include <composelint/nearest.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <limits>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "analyzer/engine/command_lines.h"
#include "analyzer/yaml/comments.h"

namespace composelint::engine {

namespace {

constexpr std::string_view kBlanks = " \t\r\n";

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

// The text of a comment: "composelint: allow x -- y" taken apart.
struct Directive {
  std::string_view verb;
  std::string_view slugs;
  std::string_view reason;
};

bool is_html(const Comment& comment) {
  return comment.span.text().starts_with("<!--");
}

// The text between the marks: `# …`, `; …`, `<!-- … -->`.
std::string_view inner_text(std::string_view comment) {
  if (comment.starts_with("<!--")) {
    comment.remove_prefix(4);
    if (comment.ends_with("-->")) comment.remove_suffix(3);
  } else {
    comment.remove_prefix(std::min(comment.find_first_not_of("#;"), comment.size()));
  }
  return trim(comment);
}

std::optional<Directive> read_directive(std::string_view comment) {
  comment = inner_text(comment);
  constexpr std::string_view kMark = "composelint:";
  if (!comment.starts_with(kMark)) return std::nullopt;
  comment = trim(comment.substr(kMark.size()));
  Directive directive;
  directive.verb = comment.substr(0, comment.find_first_of(kBlanks));
  std::string_view rest = comment.substr(directive.verb.size());
  const std::size_t dashes = rest.find(" --");
  directive.slugs = trim(rest.substr(0, dashes));
  if (dashes != std::string_view::npos) directive.reason = trim(rest.substr(dashes + 3));
  return directive;
}

std::vector<std::string_view> split_slugs(std::string_view list) {
  std::vector<std::string_view> slugs;
  while (true) {
    const std::size_t comma = list.find(',');
    if (const auto slug = trim(list.substr(0, comma)); !slug.empty()) slugs.push_back(slug);
    if (comma == std::string_view::npos) return slugs;
    list.remove_prefix(comma + 1);
  }
}

class Reader {
 public:
  explicit Reader(std::span<const Rule* const> rules) {
    for (const Rule* rule : rules) slugs_.push_back(rule->slug);
  }

  // `lines` is what the comment covers when it speaks of its place and not of the file.
  void take(const Comment& comment, LineRange lines) {
    const auto directive = read_directive(comment.span.text());
    if (!directive) return;
    if (directive->verb == "allow-file") {
      lines = {1, std::numeric_limits<std::uint32_t>::max()};
    } else if (directive->verb != "allow") {
      return complain(comment, quoted(directive->verb) +
                                   " is no directive; known are \"allow\" and \"allow-file\"");
    }
    const auto slugs = split_slugs(directive->slugs);
    if (slugs.empty()) {
      return complain(comment, quoted(directive->verb) + " names no rule");
    }
    for (const std::string_view slug : slugs) allow(comment, slug, directive->reason, lines);
  }

  Allowances finish() { return std::move(result_); }

 private:
  static std::string quoted(std::string_view word) { return '"' + std::string(word) + '"'; }

  void complain(const Comment& comment, std::string message) {
    result_.notifications.push_back({Severity::kWarning, comment.span.file->path(), comment.span,
                                     "composelint comment without effect: " + message});
  }

  void allow(const Comment& comment, std::string_view slug, std::string_view reason,
             LineRange lines) {
    if (std::find(slugs_.begin(), slugs_.end(), slug) != slugs_.end()) {
      result_.allowed.push_back({comment.span, std::string(slug), std::string(reason), lines});
      return;
    }
    std::string message = quoted(slug) + " is no rule";
    if (slug.find_first_of(" \t:") != std::string_view::npos) {
      message += "; a reason is written after \" -- \"";
    } else if (const auto meant = nearest(slug, slugs_); !meant.empty()) {
      message += "; did you mean " + quoted(meant) + "?";
    }
    complain(comment, std::move(message));
  }

  std::vector<std::string_view> slugs_;
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

Allowances allowances(const hosts::HostFile& host, std::span<const Rule* const> rules) {
  Reader reader(rules);
  if (host.file->bytes().find("composelint:") == std::string_view::npos) return reader.finish();
  // A block that several tasks share is read once.
  std::set<const hosts::Block*> blocks;
  std::vector<Comment> comments = host.comments;
  std::vector<LineRange> commands;
  std::vector<LineRange> scripts;  // in the order of the file
  for (const hosts::Task& task : host.tasks) {
    for (const auto& block : task.blocks) {
      const Script& script = block->script;
      if (script.file != host.file || !blocks.insert(block.get()).second) continue;
      comments.insert(comments.end(), script.comments.begin(), script.comments.end());
      if (script.span) scripts.push_back(lines_of(script.span));
      const std::vector<LineRange> lines = command_lines(script);
      commands.insert(commands.end(), lines.begin(), lines.end());
    }
  }
  std::set<std::uint32_t> read;  // a recipe that runs in several variants has its comments in each
  for (const Comment& comment : comments) {
    if (!read.insert(comment.span.begin).second) continue;
    const std::uint32_t line = subject_line(comment);
    LineRange covered{line, line};
    if (is_html(comment)) {
      reader.take(comment, script_below(scripts, line));
      continue;
    }
    for (const LineRange& command : commands) {
      // Below its own line a comment sees where commands begin; behind one, all that it ends.
      if (comment.own_line ? command.first != line : !command.holds(line)) continue;
      covered.first = std::min(covered.first, command.first);
      covered.last = std::max(covered.last, command.last);
    }
    reader.take(comment, covered);
  }
  return reader.finish();
}

Allowances allowances(const SourceFile& compose_file, std::span<const Rule* const> rules) {
  Reader reader(rules);
  if (compose_file.bytes().find("composelint:") == std::string_view::npos) return reader.finish();
  for (const Comment& comment : yaml::comments(compose_file)) {
    const std::uint32_t line = subject_line(comment);
    reader.take(comment, {line, line});
  }
  return reader.finish();
}

std::vector<bool> apply(std::vector<Finding> findings, std::span<const Allowance> allowed,
                        Run& run) {
  std::vector<bool> used(allowed.size());
  for (Finding& finding : findings) {
    const Allowance* by = nullptr;
    for (std::size_t i = 0; i < allowed.size() && finding.span; ++i) {
      const Allowance& candidate = allowed[i];
      if (candidate.rule != finding.rule || candidate.comment.file != finding.span.file) continue;
      if (!candidate.lines.holds(finding.span.file->line_of(finding.span.begin))) continue;
      used[i] = true;
      if (by == nullptr) by = &candidate;
    }
    if (by == nullptr) {
      run.findings.push_back(std::move(finding));
    } else {
      run.suppressed.push_back({std::move(finding), by->comment, by->reason});
    }
  }
  return used;
}

}  // namespace composelint::engine
