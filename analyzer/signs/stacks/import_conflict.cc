#include "analyzer/signs/stacks/import_conflict.h"

#include <composelint/document.h>

#include <string>

#include "analyzer/signs/reports/refusal_words.h"
#include "analyzer/signs/reports/written_nodes.h"

namespace composelint {

bool is_an_import_conflict(const ProjectProblem& problem) {
  return problem.message.ends_with(" conflicts with imported resource");
}

bool lays_over_the_import(const ProjectProblem& problem, const Project& project) {
  if (!is_an_import_conflict(problem) || !problem.message.starts_with("services.")) return false;
  bool over = false;
  for (const WrittenFile& file : project.written) {
    if (file.file != problem.span.file) continue;
    for (const yaml::Node* root : file.documents) {
      for_each_node(*root, [&](const yaml::Node& node) {
        for (const yaml::Entry& entry : node.entries) {
          over |= entry.key->span == problem.span && entry.value->find("image") == nullptr &&
                  entry.value->find("build") == nullptr;
        }
      });
    }
  }
  return over;
}

std::string told_of_conflict(const std::string& refusal, std::size_t more) {
  return "Compose 2.40.3 refuses the project: " + refusal +
         "; releases from 5.0 on are said to let the including file override it" +
         in_more_places(more);
}

}  // namespace composelint
