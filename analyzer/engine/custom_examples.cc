#include "analyzer/engine/custom_examples.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "analyzer/engine/custom_rule.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

constexpr std::string_view kFolder = ".composelint-example";

// Hands through what a configuration is read from; once there are examples, nothing else, so that
// no compose file of the user is taken for one of theirs.
class ExampleFiles final : public FileSystem {
 public:
  ExampleFiles(const FileSystem& disk, std::string directory)
      : disk_(disk), directory_(text::join_path(directory, kFolder)) {}

  void hold(std::map<std::string, std::string> texts) {
    sealed_ = true;
    texts_ = std::move(texts);
  }

  [[nodiscard]] FileKind kind(const std::string& path) const override {
    if (path == directory_) return FileKind::kDirectory;
    if (own(path) != nullptr) return FileKind::kRegular;
    const bool open = !sealed_ || read_.contains(path) || text::name_of(path) == ".git";
    return open ? disk_.kind(path) : FileKind::kNone;
  }
  [[nodiscard]] Result<std::string> read(const std::string& path) const override {
    if (const std::string* text = own(path)) return *text;
    if (sealed_ && !read_.contains(path)) {
      return Failure{FailureCode::kNotFound, "cannot read " + path, {}};
    }
    read_.insert(path);
    return disk_.read(path);
  }
  [[nodiscard]] Result<std::string> read_head(const std::string& path,
                                              std::size_t limit) const override {
    Result<std::string> bytes = read(path);
    if (bytes) bytes->resize(std::min(bytes->size(), limit));
    return bytes;
  }
  [[nodiscard]] Result<std::vector<DirectoryEntry>> list(const std::string& path) const override {
    std::vector<DirectoryEntry> entries;
    if (path != directory_) return entries;
    for (const auto& [name, text] : texts_) entries.push_back({name, FileKind::kRegular, false});
    return entries;
  }

 private:
  [[nodiscard]] const std::string* own(const std::string& path) const {
    if (text::directory_of(path) != directory_) return nullptr;
    const auto found = texts_.find(std::string(text::name_of(path)));
    return found == texts_.end() ? nullptr : &found->second;
  }

  const FileSystem& disk_;
  std::string directory_;
  std::map<std::string, std::string> texts_;  // by name
  bool sealed_ = false;
  mutable std::set<std::string> read_;
};

class Trial {
 public:
  Trial(CheckRequest request, ExampleFiles& files, std::span<const Rule* const> built_in)
      : request_(std::move(request)), files_(files), built_in_(built_in) {
    request_.paths = {std::string(kFolder)};
  }

  ExampleTrial run(const CustomRule& rule, std::size_t number) {
    const Example& example = rule.examples[number];
    request_.rules.select = {rule.slug};
    return {rule.slug, number + 1, fires(example, example.unsafe), fires(example, example.safe)};
  }

 private:
  bool fires(const Example& example, std::string_view text) {
    std::map<std::string, std::string> texts;
    texts[example.is_compose ? "compose.yaml" : "task.sh"] = std::string(text);
    if (!example.compose.empty()) texts["compose.yaml"] = std::string(example.compose);
    files_.hold(std::move(texts));
    const Context all[] = {Context::kOps, Context::kDev, Context::kCi, Context::kDocs};
    return std::any_of(std::begin(all), std::end(all), [&](const Context context) {
      request_.context = context;
      return !check(request_, files_, built_in_).run.findings.empty();
    });
  }

  CheckRequest request_;
  ExampleFiles& files_;
  std::span<const Rule* const> built_in_;
};

}  // namespace

CustomTrials try_examples(const std::string& directory, const ConfigChoice& choice,
                          const FileSystem& files, std::span<const Rule* const> built_in) {
  ExampleFiles own(files, directory);
  CheckRequest request;
  request.working_directory = directory;
  request.config = choice;
  CustomTrials out{check(request, own, built_in), {}};
  Trial trial(request, own, built_in);
  for (const auto& rule : out.outcome.custom_rules) {
    if (rule->examples.empty()) out.trials.push_back({rule->slug});
    for (std::size_t i = 0; i < rule->examples.size(); ++i) {
      out.trials.push_back(trial.run(*rule, i));
    }
  }
  return out;
}

}  // namespace composelint::engine
