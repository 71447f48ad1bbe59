#include "analyzer/signs/files/sealed_file.h"

#include <composelint/timeline.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "analyzer/signs/words/wording.h"

namespace composelint {

namespace {

struct Sealer {
  std::string_view program;
  std::string_view ending;      // of what it makes where it is not told
  std::string_view output;      // the option that tells it; empty: none
  std::string_view with_value;  // other options that take the next word, one blank around each
  std::string_view force;       // without it what is there stays; empty: it never does
  std::string_view undoes;      // letters of what turns it round, or only looks
  bool removes = false;         // the file that it reads, once it has ended well
};

constexpr std::array<Sealer, 12> kSealers = {{
    {"age", "", "-o", " -r -R -i ", "", "d"},
    {"bzip2", ".bz2", "", "", "-f", "dt", true},
    {"gpg", ".gpg", "-o", " -r -u -z --recipient --passphrase --passphrase-file --cipher-algo ",
     "--yes", "d"},
    {"gpg2", ".gpg", "-o", " -r -u -z --recipient --passphrase --passphrase-file --cipher-algo ",
     "--yes", "d"},
    {"gzip", ".gz", "", " -S ", "-f", "dlt", true},
    {"lz4", ".lz4", "", "", "-f", "dt"},
    {"openssl", "", "-out", " -pass -k -kfile -K -iv -iter -md ", "", "d"},
    {"pbzip2", ".bz2", "", "", "-f", "dt", true},
    {"pigz", ".gz", "", " -p -S ", "-f", "dlt", true},
    {"xz", ".xz", "", " -T ", "-f", "dlt", true},
    {"zstd", ".zst", "-o", "", "-f", "dlt"},
    {"zstdmt", ".zst", "-o", "", "-f", "dlt"},
}};

// `-d` in `-kd` too; of gpg and openssl only by itself.
bool has_one_letter(std::string_view word, std::string_view letters) {
  return word.size() > 1 && word[0] == '-' && word[1] != '-' &&
         word.find_first_of(letters) != std::string_view::npos;
}

}  // namespace

std::optional<SealedFile> sealed_by(const Step& step) {
  const std::string_view program = program_name(step);
  const auto known = std::find_if(kSealers.begin(), kSealers.end(),
                                  [&](const Sealer& one) { return one.program == program; });
  if (known == kSealers.end() || step.launcher != Launcher::kNone) return std::nullopt;
  const bool long_options = program == "openssl" || program.starts_with("gpg");
  SealedFile made;
  made.keeps = !known->removes;
  made.forced = known->force.empty();
  const Argument* to = nullptr;
  std::string_view ending = known->ending;
  bool streams = false;
  for (std::size_t i = 1; i < step.argv.size(); ++i) {
    const Argument& word = step.argv[i];
    const std::string_view text = word.text;
    const bool more = i + 1 < step.argv.size();
    const auto has = [&](std::string_view letters) {
      return long_options ? text.size() == 2 && has_one_letter(text, letters)
                          : has_one_letter(text, letters);
    };
    if (!text.starts_with('-')) {
      if (program == "openssl") continue;  // the verb
      if (made.file != nullptr) return std::nullopt;
      made.file = &word;
    } else if (text.starts_with("--decr") || text == "--decompress" || text == "--uncompress" ||
               text == "--test" || text == "--list" || has(known->undoes)) {
      return std::nullopt;
    } else if (more && (text == known->output || text == "--output")) {
      to = &step.argv[++i];
    } else if (more && program == "openssl" && text == "-in") {
      made.file = &step.argv[++i];
    } else if (more &&
               known->with_value.find(" " + std::string(text) + " ") != std::string_view::npos) {
      ++i;
    } else {
      made.keeps |= has("k") || text == "--keep";
      made.forced |= text == known->force || text == "--force" || (!long_options && has("f"));
      streams |= (!long_options && has("c")) || text == "--stdout";
      if (program.starts_with("gpg") && (text == "--armor" || has("a"))) ending = ".asc";
      made.keeps &= text != "--rm";
    }
  }
  if (made.file == nullptr || !names_a_file(*made.file)) return std::nullopt;
  made.from = path_of(*made.file);
  if (step.out.kind == StreamKind::kFile && to == nullptr && (streams || ending.empty())) {
    to = &step.out.target;
    made.keeps = made.forced = true;
  }
  if (to != nullptr) {
    made.to = path_of(*to);
  } else {
    if (streams || ending.empty()) return std::nullopt;
    made.to = made.from;
    made.to.text += ending;
  }
  return made;
}

}  // namespace composelint
