// The grammar of makefiles.
#pragma once

#include <string>
#include <vector>

#include "analyzer/hosts/make_model.h"

namespace composelint::hosts {

class MakefileParser {
 public:
  MakefileParser(const ReadRequest& request, MakeModel& model, MakeExpander& expander,
                 HostFile& host)
      : request_(request), model_(model), expander_(expander), host_(host) {}

  void read_file(const SourceFile& file, const std::string& path);

 private:
  struct Open {  // an ifeq … endif
    std::uint32_t condition = 0;
    std::uint32_t arm = 0;
    bool has_else = false;
    std::string unless_set;
  };

  bool read_conditional(const Located& line);
  void read_statement(const Located& line, LineReader& lines);
  bool read_directive(const Located& line, LineReader& lines);
  void read_define(const Located& line, LineReader& lines, bool exported);
  void read_export(const Located& rest);
  void include(const Located& names, const std::string& from);
  bool read_assignment(const Located& line, bool exported);
  void read_rule(const Located& line);
  void read_special(const std::string& name, const std::vector<std::string>& words);
  bool read_setting(const std::vector<Located>& targets, const Located& rest);
  MakeTarget& target_named(const std::string& name, Span span);
  std::vector<std::string> names_in(const Located& text);
  MakeValue value_of(const std::string& op, const Located& text);
  void add_recipe_line(Located line);
  // Templates, in make_templates.cc. `$(foreach p,$(ALL),$(eval $(call rules,$(p))))`: true where
  // the line is such a statement.
  bool read_evaluation(const Located& line);
  void evaluate(const Located& text);
  void evaluate_each(const Located& arguments);
  void evaluate_call(const Located& arguments);
  void read_template(const Located& body);
  void bind_targets();

  const ReadRequest& request_;
  MakeModel& model_;
  MakeExpander& expander_;
  HostFile& host_;
  std::vector<Open> conditionals_;
  MakeGuard guard_;
  std::uint32_t conditions_ = 0;
  std::vector<std::pair<std::size_t, std::size_t>> current_;  // rules whose recipe may follow
  std::string path_;                                          // of the file that is being read
  std::string makefiles_;
  std::vector<std::string> open_files_;
  std::size_t files_ = 0;
  std::size_t rules_ = 0;
  MakeExpander::Bindings bound_;  // of the template that is being read
  std::size_t templates_ = 0;
  char prefix_ = '\t';
};

}  // namespace composelint::hosts
