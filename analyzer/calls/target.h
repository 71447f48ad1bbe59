// From a compose command line and the place it stands in to the project it acts on. The only room
// where scripts meet compose files.
#pragma once

#include <composelint/finding.h>
#include <composelint/invocation.h>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/calls/call_site.h"
#include "analyzer/compose/loader.h"
#include "analyzer/text/source_store.h"

namespace composelint::calls {

// Loads each project once. Projects live as long as the binder.
class Binder {
 public:
  // `root` (absolute) bounds the search for compose files upwards from a script. An absolute path
  // that a script names is looked at below `root` or one of `given`: what else this machine has
  // there says nothing of the one that the script is for.
  Binder(text::SourceStore& sources, std::string root, std::vector<std::string> given = {});
  ~Binder();

  [[nodiscard]] Target bind(const ComposeInvocation& call, const CallSite& site);
  // The project that the user says a call acts on.
  [[nodiscard]] Target bind_to(compose::LoadRequest request);
  // The project of a directory under its own default files; null when it has none that loads.
  [[nodiscard]] const Project* project_in(const std::string& directory);
  // Compose files that no call names together, base first; at least one.
  const Project* project_of_files(std::vector<std::string> paths);

  // The same for a text that is on no disk, as if it lay in `directory`.
  [[nodiscard]] const Project* project_of_text(const std::string& directory, std::string text);

  // Every project that was loaded, in the order of the calls.
  [[nodiscard]] std::vector<const Project*> projects() const;
  // What could not be loaded: one Notification a project.
  [[nodiscard]] const std::vector<Notification>& notifications() const { return notifications_; }

 private:
  struct Loaded;
  struct Seen;
  Target find_target(const ComposeInvocation& call, const CallSite& site);
  Target unknown(const ComposeInvocation& call, const CallSite& site, std::string why);
  [[nodiscard]] bool is_within(const std::string& path) const;
  const Loaded& load(const compose::LoadRequest& request);
  const Project* load_leniently(compose::LoadRequest request, std::string directory);
  const Loaded& load(compose::LoadRequest request, const shell::Scope& variables);
  void note_unread_files(const Project& project);

  text::SourceStore& sources_;
  std::string root_;
  std::vector<std::string> given_;
  std::map<std::string, std::unique_ptr<Loaded>> loaded_;
  std::vector<const Loaded*> order_;
  std::unique_ptr<Seen> seen_;
  const std::unique_ptr<Loaded> nothing_;
  bool guessing_ = false;
  // What decides on a project beside the words of the call.
  struct Asked {
    bool all_seen = false;
    std::set<std::string, std::less<>> names;
    std::map<std::string, const Loaded*> by_values;
  };
  std::map<std::string, Asked> asked_;
  std::vector<Notification> notifications_;
};

}  // namespace composelint::calls
