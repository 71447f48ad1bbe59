#include "analyzer/signs/data/volume_write.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/files/own_entrypoint.h"
#include "analyzer/signs/stacks/mounts.h"
#include "analyzer/signs/steps/inner_command.h"

namespace composelint {

std::vector<TextCommand> commands_inside(const std::vector<Argument>& inner) {
  if (const auto shell = shell_script_in(inner)) return read_script_text(inner[shell->at]);
  TextCommand one;
  for (const Argument& word : inner) one.words.push_back(text_word(word));
  return {std::move(one)};
}

bool is_for_backups(const VolumeWrite& write) {
  return !write.empties && (write.volume.find("backup") != std::string::npos ||
                            write.volume.find("bkp") != std::string::npos ||
                            write.volume.find("snapshot") != std::string::npos);
}

namespace {

bool has_letter(const std::vector<TextWord>& words, std::string_view letters) {
  return std::any_of(words.begin() + 1, words.end(), [&](const TextWord& word) {
    return word.text.starts_with('-') && !word.text.starts_with("--") &&
           word.text.find_first_of(letters) != std::string::npos;
  });
}

}  // namespace

std::optional<std::string> unpacks_to(const std::vector<TextWord>& words,
                                      const std::string& directory) {
  if (words.size() < 2) return std::nullopt;
  const std::string& first = words[1].text;
  const bool letters = first.starts_with("x") || (first.starts_with('-') && first[1] != '-' &&
                                                  first.find('x') != std::string::npos);
  // Behind a letter that takes a value there is that one: `-f/x.tar`.
  const bool extracts =
      letters || std::any_of(words.begin(), words.end(), [](const TextWord& w) {
        const bool several = w.text.starts_with('-') && !w.text.starts_with("--");
        const std::size_t x = w.text.find('x');
        return w.text == "--extract" || w.text == "--get" ||
               (several && x != std::string::npos && x < w.text.find_first_of("CIKTXbfg"));
      });
  if (!extracts) return std::nullopt;
  std::string to = directory;
  for (std::size_t i = 1; i + 1 < words.size(); ++i) {
    if (words[i].text == "-C" || words[i].text == "--directory") to = words[i + 1].text;
  }
  for (const TextWord& word : words) {
    if (word.text.starts_with("--directory=")) to = word.text.substr(12);
    if (word.text.starts_with("-C/")) to = word.text.substr(2);
  }
  return to;
}

std::optional<VolumeWrite> volume_write(const TextCommand& command,
                                        const std::vector<RunMount>& mounts, const RunMount& own,
                                        const std::string& directory, bool fed) {
  const std::string program(program_name(command));
  const auto& words = command.words;
  if (words.size() < 2) return std::nullopt;
  if (program == "rm" && has_letter(words, "rR")) {
    for (const TextWord& word : words) {
      std::string_view text = word.text;
      while (text.ends_with('*') || text.ends_with('/')) text.remove_suffix(1);
      if (text == own.target) return VolumeWrite{own.source, program, true};
    }
    return std::nullopt;
  }
  if (program == "find" && words[1].text == own.target && words.back().text == "-delete") {
    return VolumeWrite{own.source, program, true};
  }
  const bool stands_in_other = lies_in_another(mounts, own, directory);
  const bool reads_other = std::any_of(words.begin() + 1, words.end(), [&](const TextWord& word) {
    // `cd /from && cp -a . /to`
    const bool relative = stands_in_other && &word != &words.back() && !word.text.empty() &&
                          !word.text.starts_with('/') && !word.text.starts_with('-');
    return relative || lies_in_another(mounts, own, word.text);
  });
  if (program == "tar" || program == "bsdtar") {
    const auto to = unpacks_to(words, directory);
    // What lies above the mount holds it, and so does the archive: `-C /var/lib/postgresql`.
    const bool here = to && (lies_below(*to, own.target) || lies_below(own.target, *to));
    return here && (reads_other || fed) ? std::optional(VolumeWrite{own.source, program, false})
                                        : std::nullopt;
  }
  if (program != "cp" && program != "rsync" && program != "mv") return std::nullopt;
  const bool into = lies_below(words.back().text, own.target) ||
                    (words.back().text == "." && lies_below(directory, own.target));
  return into && reads_other ? std::optional(VolumeWrite{own.source, program, false})
                             : std::nullopt;
}

namespace {

// `--volumes-from shop-db-1`: where its volumes lie is not told, but what such a container unpacks
// goes there, as it keeps nothing else.
std::optional<VolumeWrite> write_to_borrowed(const TextCommand& command,
                                             const std::vector<RunMount>& mounts,
                                             const Argument& lender, const std::string& directory,
                                             bool fed) {
  // One file may be a setting; a tree is data.
  if (program_name(command) == "cp" && !has_letter(command.words, "arR")) return std::nullopt;
  const RunMount borrowed{lender.text, "/", true};
  auto write = volume_write(command, mounts, borrowed, directory, fed);
  if (!write) return std::nullopt;
  const std::string to = unpacks_to(command.words, directory).value_or(command.words.back().text);
  const bool kept = !lies_in_another(mounts, borrowed, to) && !lies_below(to, "/tmp");
  return kept ? write : std::nullopt;
}

}  // namespace

std::optional<VolumeWrite> volume_write(const Step& step) {
  if (!step.docker || !step.docker->is("container run") || step.docker->opaque_options) {
    return std::nullopt;
  }
  std::vector<RunMount> mounts;
  std::string directory = "/";
  const OptionUse* borrows = nullptr;
  for (const OptionUse& use : step.docker->options) {
    if (use.name == "--volumes-from" && use.value) borrows = &use;
    if (use.name == "--workdir" && use.value) directory = use.value->text;
    if (use.name != "--volume" || !use.value) continue;
    if (auto mount = run_mount(*use.value)) mounts.push_back(std::move(*mount));
  }
  const bool any =
      std::any_of(mounts.begin(), mounts.end(), [](const RunMount& mount) { return mount.volume; });
  if (!any && borrows == nullptr) return std::nullopt;
  const std::vector<TextCommand> commands =
      commands_inside(behind_entrypoint(step, step.docker->inner));
  const bool fed = step.in.kind == StreamKind::kFile || step.in.kind == StreamKind::kPipe;
  std::optional<VolumeWrite> found;
  for (const TextCommand& command : commands) {
    const bool moves = program_name(command) == "cd" && command.words.size() > 1;
    if (moves) directory = command.words[1].text;
    if (borrows != nullptr && !found) {
      found = write_to_borrowed(command, mounts, *borrows->value, directory, fed);
    }
    for (const RunMount& own : mounts) {
      if (!own.volume) continue;
      auto write = volume_write(command, mounts, own, directory, fed);
      if (write && (!found || write->empties)) found = std::move(write);
    }
  }
  return found;
}

}  // namespace composelint
