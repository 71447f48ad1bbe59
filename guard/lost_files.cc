#include "guard/lost_files.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/signs/data/volume_write.h"
#include "analyzer/signs/stacks/mounts.h"
#include "analyzer/text/path.h"
#include "guard/data_places.h"
#include "guard/inner_directory.h"
#include "guard/inner_work.h"
#include "guard/kept_data.h"
#include "guard/removing_calls.h"
#include "guard/written_over.h"

namespace composelint::guard {

namespace {

constexpr std::string_view kAnyName = "x";

bool is_option(const TextWord& word) {
  return word.text.starts_with('-');
}

// `/x/*`, `/x/.[!.]*`, `/x/{*,.*}`: all that is in there.
bool names_all_of(const TextWord& word) {
  std::string_view written = word.span ? word.span.text() : std::string_view();
  written.remove_prefix(std::min(written.rfind('/') + 1, written.size()));
  return written.find('*') != std::string_view::npos &&
         written.find_first_not_of("*.{},?[]!^\"'") == std::string_view::npos;
}

// What the commands do, one behind the other.
class Writes {
 public:
  Writes(const Places& places, std::string base) : places_(places), stands_(std::move(base)) {}

  const Place* database = nullptr;  // the first one that is hit
  const Place* emptied = nullptr;   // the first of the other volumes
  std::string how;                  // the database is hit

  void read(const std::vector<TextCommand>& commands) {
    for (const TextCommand& command : commands) {
      program_ = program_name(command);
      hit_ = nullptr;
      if (command.output && !command.appends) touch(*command.output);
      if (hit_ != nullptr) return found("output into a file");
      one(command);
      if (hit_ != nullptr) return found(program_);
    }
  }

 private:
  void found(std::string by) {
    database = hit_;
    how = std::move(by);
  }

  [[nodiscard]] bool is(std::string_view names) const {
    return !program_.empty() && names.find(" " + program_ + " ") != std::string_view::npos;
  }

  void one(const TextCommand& command) {
    std::vector<TextWord> operands;
    for (std::size_t i = 1; i < command.words.size(); ++i) {
      if (!is_option(command.words[i])) operands.push_back(command.words[i]);
    }
    if (stands_.marks(command)) return;
    if (is(" cd pushd ") && !operands.empty()) {
      touch(operands.front());
      const bool leads = hit_ != nullptr && !operands.front().known;
      stands_.go(leads ? hit_->path : operands.front().text);
      hit_ = nullptr;
    } else if (is(" rm unlink shred truncate tee ")) {
      const bool deep =
          has_flag(command, 'r', "--recursive") || has_flag(command, 'R', "--recursive");
      for (const TextWord& word : operands) {
        touch(word, is(" rm ") && (deep || names_all_of(word)));
        // `find … | while read -r f; do rm "$f"; done`
        if (command.piped_in && !word.known && word.text.empty()) touch_listed();
      }
    } else if (is(" xargs ") && removes(command)) {
      touch_listed();
    } else if (is(" find ")) {
      find(command);
    } else if (is(" dd ")) {
      for (const TextWord& word : operands) {
        if (word.text.starts_with("of=")) touch({word.text.substr(3), word.known, word.span});
      }
    } else if (is(" mv ")) {
      for (const TextWord& word : operands) touch(word, &word != &operands.back());
    } else if (is(" cp install rsync ") && operands.size() > 1) {
      into(command, operands);
    } else if (is(" sed ") && has_flag(command, 'i', "--in-place")) {
      const bool script =
          has_flag(command, 'e', "--expression") || has_flag(command, 'f', "--file");
      for (std::size_t i = script ? 0 : 1; i < operands.size(); ++i) touch(operands[i]);
    } else if (is(" ln ") && has_flag(command, 'f', "--force") && !operands.empty()) {
      touch(operands.back());
    } else if (is(" chmod ") && closes(command)) {
      for (const TextWord& word : operands) touch(word);
    } else if (is(" pg_resetwal pg_resetxlog ") && !has_flag(command, 'n', "--dry-run")) {
      for (const TextWord& word : operands) touch(word);
      if (hit_ == nullptr) hit_ = places_.first();
    } else if (is(" tar bsdtar ")) {
      if (const auto to = unpacks_to(command.words, stands_.here())) touch({*to});
    } else if (is(" pg_archivecleanup ") && !operands.empty()) {
      touch(operands.front());
    } else if (is(" pg_rewind ")) {
      hit_ = places_.first();
    } else if (is(" awk gawk mawk node nodejs perl php python python2 python3 ruby ")) {
      interpreted(command);
    }
    for (const TextWord& word : written_over(command)) touch(word);
    if (!is(" ls find echo printf ")) return;
    lists_all_ = is(" find ") && finds_all(command);
    listed_ = operands;
    if (is(" ls find ") && operands.empty()) listed_.push_back({"."});
  }

  // Into the last one, unless an option says where to.
  void into(const TextCommand& command, const std::vector<TextWord>& operands) {
    const bool settings = operands.size() == 2 && operands.front().text.ends_with(".conf");
    for (std::size_t i = 1; i + 1 < command.words.size(); ++i) {
      if (command.words[i].text == "-t" && program_ != "rsync") touch(command.words[i + 1]);
    }
    for (const TextWord& word : command.words) {
      if (word.text.starts_with("--target-directory=")) touch({word.text.substr(19)});
    }
    if (!settings) touch(operands.back());
  }

  [[nodiscard]] static bool removes(const TextCommand& command) {
    static constexpr std::array<std::string_view, 4> kPrograms = {"rm", "shred", "truncate",
                                                                  "unlink"};
    return std::any_of(command.words.begin(), command.words.end(), [](const TextWord& word) {
      const std::string_view name = text::name_of(word.text);
      return word.text == "-delete" || word.text.starts_with("rm ") ||
             std::find(kPrograms.begin(), kPrograms.end(), name) != kPrograms.end();
    });
  }

  // A mode without which the owner, who is the server, reads and writes nothing.
  [[nodiscard]] static bool closes(const TextCommand& command) {
    return std::any_of(command.words.begin() + 1, command.words.end(), [](const TextWord& word) {
      const std::string& mode = word.text;
      if (mode.empty() || mode.starts_with("--")) return false;
      if (mode.find_first_not_of("01234567") == std::string::npos) {
        return mode.size() < 3 || mode[mode.size() - 3] < '6';
      }
      const std::size_t minus = mode.find_first_not_of("ugoa");
      if (minus == std::string::npos || mode[minus] != '-') return false;
      const std::string_view whose = std::string_view(mode).substr(0, minus);
      return (whose.empty() || whose.find_first_of("ua") != std::string_view::npos) &&
             mode.find_first_of("rw", minus) != std::string::npos;
    });
  }

  // Where it says what is done, and whether that is done with all that there is: by age, name or
  // size some of it is chosen.
  static bool finds_all(const TextCommand& command) {
    static constexpr std::array<std::string_view, 5> kOfAll = {"-depth", "-maxdepth", "-mindepth",
                                                               "-type", "-xdev"};
    const auto& words = command.words;
    std::size_t at = 1;
    while (at < words.size() &&
           (!is_option(words[at]) ||
            std::find(kOfAll.begin(), kOfAll.end(), words[at].text) != kOfAll.end())) {
      ++at;
    }
    if (at == words.size()) return true;
    const std::string& word = words[at].text;
    return word == "-delete" || word.starts_with("-exec") || word.starts_with("-print");
  }

  void find(const TextCommand& command) {
    if (!removes(command)) return;
    const auto& words = command.words;
    const bool all = finds_all(command);
    std::size_t i = 1;
    for (; i < words.size() && !is_option(words[i]); ++i) touch(words[i], all);
    if (i == 1 && !stands_.here().empty()) touch({"."}, all);
  }

  // `perl -e 'unlink glob("/x/*")'`, `python3 -c 'shutil.rmtree("/x")'`, `perl -pi -e … FILE`
  void interpreted(const TextCommand& command) {
    const bool in_place = is(" perl ruby ") && has_flag(command, 'i', "--in-place");
    for (std::size_t i = 1; i < command.words.size(); ++i) {
      const TextWord& word = command.words[i];
      if (in_place && !is_option(word)) touch(word);
      if (!calls_remover(word.text, is(" perl "))) continue;
      const std::string& program = word.text;
      for (std::size_t at = 0; at < program.size(); ++at) {
        const bool begins = program[at] == '/' && (at == 0 || !is_of_path(program[at - 1]));
        if (!begins) continue;
        const std::size_t begin = at;
        while (at < program.size() && is_of_path(program[at])) ++at;
        touch({program.substr(begin, at - begin), true, word.span});
      }
      if (hit_ == nullptr) hit_ = places_.by_variable(program);
    }
  }

  [[nodiscard]] static bool is_of_path(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           std::string_view("/._-").find(c) != std::string_view::npos;
  }

  void touch_listed() {
    for (const TextWord& word : listed_) touch(word, lists_all_);
  }

  // `all`: whatever is in it goes with it.
  void touch(const TextWord& word, bool all = false) {
    for (std::size_t i = 0; i < stands_.count() && hit_ == nullptr; ++i) {
      const std::string pattern = pattern_of(word);
      if (pattern.empty()) {
        touch_from(i, word, all);
      } else {
        touch_matching(stands_.resolved(pattern, i), all);
      }
    }
  }

  // As it is written, where nothing but the shell's `*`, `?` and `[…]` is filled in.
  [[nodiscard]] static std::string pattern_of(const TextWord& word) {
    if (word.known || !word.span) return "";
    const std::string_view written = word.span.text();
    const bool plain = written.starts_with(word.text) &&
                       written.find_first_of("*?[") != std::string_view::npos &&
                       written.find_first_of("$`\"'\\{}~ \n") == std::string_view::npos;
    return plain ? std::string(written) : "";
  }

  void touch_matching(const std::string& pattern, bool all) {
    if (pattern.empty()) return;
    hit_ = places_.hit_by(pattern);
    if (hit_ == nullptr) hit_ = places_.kept_file_by(pattern);
    if (all && emptied == nullptr) emptied = places_.emptied_by_pattern(pattern);
    touch_store(pattern);
  }

  void touch_from(std::size_t where, const TextWord& word, bool all) {
    const std::string base = stands_.resolved(".", where);
    // `rm -rf *`: all that is where it stands.
    const bool here = word.text.empty() && word.span && word.span.text().starts_with('*');
    std::string known = word.text;
    while (known.ends_with('*')) known.pop_back();
    const std::string path = here ? base : known.empty() ? "" : stands_.resolved(known, where);
    if (!path.empty()) hit_ = places_.hit(path);
    // `cd /x; rm -rf "$each"`: whatever it is, it lies there.
    const bool unknown = path.empty() && !word.known && word.text.empty() && !base.empty();
    if (unknown) hit_ = places_.hit(base + "/" + std::string(kAnyName));
    if (hit_ == nullptr && !path.empty()) {
      hit_ = places_.kept_file(path, word.known ? word.text : word.span.text());
    }
    if (hit_ == nullptr && !word.known) hit_ = places_.by_variable(word.span.text());
    touch_store(path);
    const bool whole = all && !path.empty() && (word.known || names_all_of(word));
    if (whole && emptied == nullptr) emptied = places_.emptied_by(path);
  }

  // The files of a store of keys hold all that it has.
  void touch_store(const std::string& path) {
    const std::string_view name = text::name_of(path);
    const bool store = name == "dump.rdb" || name.starts_with("appendonly");
    if (store && emptied == nullptr) emptied = places_.emptied_by(text::directory_of(path));
  }

  const Places& places_;
  InnerDirectory stands_;
  std::string program_;
  std::vector<TextWord> listed_;
  bool lists_all_ = false;  // that is in them
  const Place* hit_ = nullptr;
};

Loss copied_over(const GuardedCommand& command) {
  const ComposeInvocation& call = command.call();
  if (call.operands.size() != 2) return {};
  const std::string& to = call.operands.back().text;
  const std::size_t colon = to.find(':');
  if (colon == std::string::npos || call.operands.front().text.ends_with(".conf")) return {};
  const Places places(command, std::string_view(to).substr(0, colon));
  const std::string path = text::normalise("/" + to.substr(colon + 1));
  const Place* place = places.hit(path);
  if (place == nullptr) place = places.kept_file(path, path);
  if (place == nullptr) return {};
  return {"it writes over files of the database " + place->service + " in " + place->path};
}

}  // namespace

Loss lost_files(const GuardedCommand& command, const std::vector<TextCommand>& commands) {
  const ComposeInvocation& call = command.call();
  if (call.is("cp")) return copied_over(command);
  // The file of a dump is one more beside the others.
  const bool dumps = call.effect == Effect::kDumps || call.effect == Effect::kExports;
  const OptionUse* directory = call.option("--workdir");
  const Places places(command);
  Writes writes(places, directory != nullptr && directory->value ? directory->value->text : "");
  if (!dumps) writes.read(commands);
  if (writes.database == nullptr) writes.read(told_to_clients(commands));
  if (const Place* place = writes.database) {
    return {"it removes or writes over files of the database " + place->service + " in " +
            place->path + " (" + writes.how + ")"};
  }
  if (const Place* place = writes.emptied) {
    return {"it removes all that " + place->service + " keeps in " + place->path,
            Severity::kWarning, place->source};
  }
  return {};
}

}  // namespace composelint::guard
