// Fenced and indented code of a document: what a reader would type.
#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "analyzer/hosts/compose_line.h"
#include "analyzer/hosts/markdown_fences.h"
#include "analyzer/hosts/placeholders.h"
#include "analyzer/hosts/prompts.h"
#include "analyzer/hosts/readers.h"
#include "analyzer/hosts/schedule.h"
#include "analyzer/hosts/text_builder.h"
#include "analyzer/hosts/unfinished.h"
#include "analyzer/text/path.h"

namespace composelint::hosts {
namespace {

using std::string_view;

class BlockText {
 public:
  BlockText(const SourceFile& file, const CodeBlock& block)
      : file_(file), block_(block), out_(file) {}

  // Nothing of it is a command when the result is empty.
  shell::ScriptText read() {
    const bool shown = has_prompts(false);
    const bool comments = block_.kind == FenceKind::kShell || block_.kind == FenceKind::kOther;
    const bool root = !shown && !comments && has_prompts(true);
    if (shown || root) {
      take_typed(root);
    } else if (block_.kind == FenceKind::kShell) {
      take_script();
    } else if (block_.kind == FenceKind::kConsole || is_script()) {
      take_commands();
    } else {
      take_compose_lines();
    }
    return out_.script(Dialect::kBash);
  }

 private:
  [[nodiscard]] string_view trimmed(const LineSpan& line) const {
    const std::uint32_t at = skip_blanks(file_, line.begin, line.end);
    return file_.bytes().substr(at, line.end - at);
  }

  [[nodiscard]] bool has_prompts(bool root) const {
    return std::any_of(block_.lines.begin(), block_.lines.end(),
                       [&](const LineSpan& line) { return prompt_size(trimmed(line), root) != 0; });
  }

  // Every command begins like one.
  [[nodiscard]] bool is_script() const {
    Unfinished unfinished;
    for (const LineSpan& line : block_.lines) {
      const string_view text = trimmed(line);
      if (text.empty() || (!unfinished && text.front() == '#')) continue;
      if (!unfinished && !starts_command(text) && schedule_of(text).empty()) return false;
      unfinished.take(text);
    }
    return true;
  }

  void take(std::uint32_t begin, const LineSpan& line) {
    const string_view text = trimmed(line);
    if (text != "..." && text != "\xE2\x80\xA6") copy_with_placeholders(out_, begin, line.end);
    out_.put("\n", line.end, line.next);
  }

  void take_script() {
    Unfinished unfinished;
    for (const LineSpan& line : block_.lines) {
      const string_view text = trimmed(line);
      // Between the lines of a command a comment stands for more of them.
      if (unfinished.continued() && text.starts_with('#')) continue;
      std::uint32_t begin = line.begin;
      if (!unfinished) begin += past_schedule(line);
      take(begin, line);
      unfinished.take(text);
    }
  }

  // A line of a crontab shows its command.
  [[nodiscard]] std::uint32_t past_schedule(const LineSpan& line) const {
    const string_view text = trimmed(line);
    const string_view schedule = schedule_of(text);
    if (schedule.empty()) return 0;
    const auto indent = static_cast<std::uint32_t>(text.data() - file_.bytes().data()) - line.begin;
    return indent + static_cast<std::uint32_t>(command_begin(text, schedule, false));
  }

  // What stands behind prompts; other lines are what the commands print.
  void take_typed(bool root) {
    Unfinished unfinished;
    for (const LineSpan& line : block_.lines) {
      std::uint32_t begin = skip_blanks(file_, line.begin, line.end);
      const string_view text = trimmed(line);
      const std::size_t prompt = prompt_size(text, root);
      if (unfinished) {
        begin = line.begin;
        if (text.starts_with("> ")) begin = line.end - static_cast<std::uint32_t>(text.size()) + 2;
      } else if (prompt != 0) {
        begin += static_cast<std::uint32_t>(prompt);
      } else if (!text.starts_with('#')) {
        continue;
      }
      take(begin, line);
      if (unfinished || prompt != 0) unfinished.take(file_.bytes().substr(begin, line.end - begin));
    }
  }

  void take_commands() {
    Unfinished unfinished;
    for (const LineSpan& line : block_.lines) {
      const string_view text = trimmed(line);
      const std::uint32_t scheduled = unfinished ? 0 : past_schedule(line);
      if (!unfinished && scheduled == 0 && !text.starts_with('#') && !starts_command(text)) {
        continue;
      }
      if (unfinished.continued() && text.starts_with('#')) continue;
      take(line.begin + scheduled, line);
      if (!text.starts_with('#')) unfinished.take(text);
    }
  }

  // Among output, other languages and programs that are not known: what is surely typed.
  void take_compose_lines() {
    Unfinished unfinished;
    bool any = false;
    for (const LineSpan& line : block_.lines) any = any || is_compose_line(trimmed(line));
    if (!any) return;
    for (const LineSpan& line : block_.lines) {
      const string_view text = trimmed(line);
      if (!unfinished && !is_compose_line(text) && !text.starts_with("cd ")) continue;
      take(line.begin, line);
      unfinished.take(text);
    }
  }

  const SourceFile& file_;
  const CodeBlock& block_;
  TextBuilder out_;
};

// Whether the shell may stand elsewhere afterwards.
bool changes_directory(const std::vector<Command>& commands) {
  return std::any_of(commands.begin(), commands.end(), [](const Command& command) {
    if (const auto* list = command.as<AndOrList>()) return changes_directory(list->commands);
    const auto* simple = command.as<SimpleCommand>();
    if (simple == nullptr || simple->words.empty()) return false;
    const std::string name = simple->words.front().literal_text();
    return name == "cd" || name == "pushd";
  });
}

}  // namespace

Match match_markdown(string_view path) {
  const string_view extension = text::extension_of(path);
  const bool known = extension == ".md" || extension == ".markdown" || extension == ".mdx" ||
                     extension == ".mdown" || extension == ".MD";
  return known ? Match::kYes : Match::kNo;
}

HostFile read_markdown_file(const ReadRequest& request) {
  HostFile host;
  host.kind = HostKind::kMarkdown;
  host.file = &request.file;
  const string_view bytes = request.file.bytes();
  const bool stack = bytes.find("stack deploy") != string_view::npos;
  if (!stack && bytes.find("compose") == string_view::npos) return host;
  Markdown document = read_markdown(request.file);
  host.comments = std::move(document.comments);
  Task task;
  task.span = {&request.file, 0, 0};
  bool moved = false;  // an earlier block went to a directory
  for (const CodeBlock& code : document.blocks) {
    const shell::ScriptText text = BlockText(request.file, code).read();
    if (text.text.empty()) continue;
    auto block = std::make_shared<Block>();
    if (moved) {
      block->directory.reset();
      block->why_no_directory = "a directory change before it could not be followed";
    }
    HostFile parsed;
    parse_into(*block, text, parsed);
    // A document shows many things that are no shell.
    std::erase_if(parsed.troubles, [](const Trouble& trouble) {
      return trouble.span.text().find("compose") == string_view::npos;
    });
    std::move(parsed.troubles.begin(), parsed.troubles.end(), std::back_inserter(host.troubles));
    if (block->script.file == nullptr) continue;
    moved = moved || changes_directory(block->script.commands);
    task.blocks.push_back(std::move(block));
  }
  if (!task.blocks.empty()) host.tasks.push_back(std::move(task));
  return host;
}

}  // namespace composelint::hosts
