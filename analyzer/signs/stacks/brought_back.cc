#include "analyzer/signs/stacks/brought_back.h"

#include <composelint/service_role.h>
#include <composelint/taken_for.h>

#include <algorithm>
#include <string>
#include <vector>

#include "analyzer/signs/data/databases.h"
#include "analyzer/signs/stacks/writers.h"
#include "analyzer/signs/steps/sequence.h"

namespace composelint {

namespace {

bool names(const std::vector<Argument>& words, const Argument& wanted) {
  return std::any_of(words.begin(), words.end(), [&](const Argument& word) {
    return !word.known() || (word.text == wanted.text && word.holes == wanted.holes);
  });
}

// `up -d app` starts what app depends on as well.
bool starts_by_need(const ComposeInvocation& up, const std::string& name) {
  if (!up.is("up")) return false;
  const std::vector<const Service*> started = started_by(up, TakenFor{.likely = true});
  return std::any_of(started.begin(), started.end(),
                     [&](const Service* each) { return each->name == name; });
}

}  // namespace

std::vector<std::string> brought_back(const Timeline& timeline, const Step& out) {
  std::vector<std::string> back;
  for (const Argument& word : out.call->services) {
    const auto starts = [&](const Step& other) {
      return brings_back(other, out) &&
             (!other.call || other.call->services.empty() || names(other.call->services, word) ||
              starts_by_need(*other.call, word.text));
    };
    if (word.known() && first_after(timeline, out, starts) != nullptr) back.push_back(word.text);
  }
  return back;
}

bool brings_back_the_database_alone(const Timeline& timeline, const Step& out) {
  if (!out.call || out.call->services.size() < 2) return false;
  const std::vector<std::string> back = brought_back(timeline, out);
  const Project* project = TakenFor{.likely = true}(*out.call);
  return !back.empty() && back.size() < out.call->services.size() &&
         std::all_of(back.begin(), back.end(), [&](const std::string& name) {
           const Service* service = project == nullptr ? nullptr : project->service(name);
           Service named;
           named.name = name;
           const ServiceRole role = role_of(service == nullptr ? named : *service);
           return role == ServiceRole::kDatabase ||
                  (role == ServiceRole::kUnknown && name.find("db") != std::string::npos);
         });
}

bool is_part_of_the_pause(const Timeline& timeline, const Step& step) {
  return stops_containers(step) && first_after(timeline, step, [&](const Step& other) {
                                     return brings_back(other, step);
                                   }) != nullptr;
}

}  // namespace composelint
