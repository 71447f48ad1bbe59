#include "analyzer/signs/dumps/dump_file.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "analyzer/signs/words/wording.h"

namespace composelint {

bool passes_on(std::string_view program) {
  static constexpr std::array<std::string_view, 22> kPrograms = {
      "age",    "awk",  "bzip2", "cat", "gpg", "gpg2", "grep", "gzip", "lz4", "lzop", "openssl",
      "pbzip2", "pigz", "pv",    "sed", "tee", "tr",   "ts",   "xz",   "zip", "zstd", "zstdmt"};
  return std::find(kPrograms.begin(), kPrograms.end(), program) != kPrograms.end();
}

namespace {

// `lz4 - FILE`: what is piped in goes there.
std::optional<DumpFile> second_operand(const Step& stage) {
  const Argument* from = nullptr;
  const Argument* to = nullptr;
  bool forced = false;
  for (std::size_t i = 1; i < stage.argv.size(); ++i) {
    const Argument& word = stage.argv[i];
    const bool option = word.text.starts_with('-') && word.text.size() > 1;
    if (option) {
      forced |=
          word.is("--force") || (word.text[1] != '-' && word.text.find('f') != word.text.npos);
    } else if (from == nullptr) {
      from = &word;
    } else {
      to = &word;
    }
  }
  if (to == nullptr || !(from->is("-") || from->is("stdin"))) return std::nullopt;
  return DumpFile{&stage, to, false, false, !forced};
}

// `age -r KEY -o FILE`, `gpg --output FILE`, `openssl enc … -out FILE`.
std::optional<DumpFile> told_file(const Step& stage) {
  const std::string_view program = program_name(stage);
  if (program == "lz4") return second_operand(stage);
  const bool gpg = program.starts_with("gpg");
  const bool zstd = program.starts_with("zstd");
  if (!gpg && !zstd && program != "age" && program != "openssl") return std::nullopt;
  const std::string_view letter = program == "openssl" ? "-out" : "-o";
  const bool forced = std::any_of(stage.argv.begin(), stage.argv.end(), [&](const Argument& word) {
    return gpg ? word.is("--yes") : word.is("-f") || word.is("--force");
  });
  for (std::size_t i = 1; i + 1 < stage.argv.size(); ++i) {
    if (stage.argv[i].text == letter || stage.argv[i].is("--output")) {
      return DumpFile{&stage, &stage.argv[i + 1], false, false, (gpg || zstd) && !forced};
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<DumpFile> dump_file_of(const Timeline& timeline, const Step& dump) {
  const auto redirected = [](const Step& step) -> std::optional<DumpFile> {
    if (step.out.kind != StreamKind::kFile) return std::nullopt;
    return DumpFile{&step, &step.out.target, true,
                    step.out.span.text().find(">>") != std::string_view::npos, false};
  };
  if (dump.pipeline == 0 || dump.last_in_pipeline) return redirected(dump);
  for (const Step* stage = next_stage(timeline, dump); stage != nullptr;
       stage = next_stage(timeline, *stage)) {
    const std::string_view program = program_name(*stage);
    if (!passes_on(program)) return std::nullopt;
    if (program == "tee" && stage->argv.size() == 2) {
      return DumpFile{stage, &stage->argv[1], false, false, false};
    }
    if (const auto file = told_file(*stage)) return file;
    if (auto file = redirected(*stage)) return file;
  }
  return std::nullopt;
}

}  // namespace composelint
