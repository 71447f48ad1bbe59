// All that one run has read and understood. A Run points into it.
#pragma once

#include <composelint/run.h>
#include <composelint/shell.h>
#include <composelint/timeline.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/calls/target.h"
#include "analyzer/engine/context.h"
#include "analyzer/engine/readme.h"
#include "analyzer/hosts/host.h"
#include "analyzer/text/source_store.h"
#include "analyzer/timeline/build.h"

namespace composelint::engine {

// A task of a file with what was made of it; addresses are stable.
struct ScriptFacts {
  const SourceFile* file = nullptr;
  Timeline timeline;
  ContextCue context;
};

class Workspace {
 public:
  Workspace(const FileSystem& files, std::string working_directory)
      : sources(files, std::move(working_directory)) {}

  // The directory that bounds all searches from `path` upwards: the repository's root, else the
  // working directory when it lies above, else the file's own directory. All paths are absolute.
  [[nodiscard]] std::string root_of(const std::string& path);
  [[nodiscard]] calls::Binder& binder(const std::string& root);
  // What the READMEs beside the file at `path` and above it say of all that is below; null:
  // nothing.
  [[nodiscard]] const ContextCue* told_above(const std::string& path);
  // Of a compose file: what all their words tell, too.
  [[nodiscard]] std::optional<ContextCue> told_of_stack(const std::string& path);
  // The nearest directory above the file that says of itself that it is no longer used, up to the
  // repository's root; empty: none.
  [[nodiscard]] std::string archived_above(const std::string& path);
  // How often they speak of development and of operation; the nearest alone, where it does so.
  struct WordsAbove {
    ReadmeWords words;
    std::string directory;  // the topmost they are from
  };
  [[nodiscard]] WordsAbove words_above(const std::string& path);
  // "## Production": the nearest heading of a page above the place, outside of its blocks of code.
  [[nodiscard]] std::string_view heading_above(const SourceFile& page, std::uint32_t place);
  // The file at `path` (absolute), read and parsed once, as `host`, or as a script where that is
  // null; so is a text handed in from outside.
  [[nodiscard]] const Result<hosts::HostFile>& host_file(const std::string& path,
                                                         const hosts::Host* host);
  [[nodiscard]] const Result<hosts::HostFile>& host_file(const std::string& path,
                                                         const hosts::Host* host,
                                                         const SourceFile& source);
  // `path`, known as `file`, read once more with `changed` in the place of the file `instead_of`,
  // which is itself or one that it includes. The result lives as long as `changed`.
  [[nodiscard]] hosts::HostFile read_changed(const std::string& path, const hosts::HostFile& file,
                                             const SourceFile& changed,
                                             const SourceFile* instead_of);
  // What has been read of `path` so far; null: nothing, or it could not be.
  [[nodiscard]] const hosts::HostFile* known_file(const std::string& path) const;
  // The script at `path`; null when there is none that can be read.
  [[nodiscard]] const Script* script(const std::string& path);
  // What a command runs out of a file with tasks.
  [[nodiscard]] std::optional<timeline::TaskCall> tasks(const std::vector<Argument>& argv,
                                                        const std::string& directory,
                                                        const std::string& root);
  // Paths as the user wrote them; `everything`: scripts run on this machine.
  void give(const std::vector<std::string>& paths, bool everything);

  text::SourceStore sources;
  std::vector<std::unique_ptr<ScriptFacts>> scripts;
  // Repositories in the order of their names, so that reports do not depend on the order of paths.
  std::map<std::string, std::unique_ptr<calls::Binder>> binders;

 private:
  [[nodiscard]] bool is_within(const std::string& path, const std::string& root) const;

  std::map<std::string, std::string> roots_;  // by directory
  struct Told {
    std::optional<ContextCue> cue;
    ReadmeWords words;
  };
  [[nodiscard]] std::vector<const Told*> readmes_above(const std::string& path);

  std::map<std::string, Told> told_;                                     // by directory
  std::map<std::string, bool> archived_;                                 // by directory
  std::map<const SourceFile*, std::vector<std::string_view>> headings_;  // by line, from 0
  // Files and directories that are looked at for what scripts of other repositories name.
  std::vector<std::string> given_;
  std::map<std::string, std::unique_ptr<Result<hosts::HostFile>>> parsed_;
};

// context_of(), and where that has no cue what the files tell that the script at `path` names.
[[nodiscard]] ContextCue context_around(const ContextQuestion& question, const std::string& path,
                                        Workspace& workspace);

}  // namespace composelint::engine
