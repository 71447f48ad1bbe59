#include "cli/arguments.h"

#include <composelint/nearest.h>
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <utility>

namespace composelint::cli {

namespace {

template <typename Value>
struct Choice {
  std::string_view word;
  Value value;
};

std::string hint(std::string_view word, const std::vector<std::string_view>& known) {
  const auto meant = nearest(word, known);
  return meant.empty() ? std::string() : fmt::format("; did you mean \"{}\"?", meant);
}

// One subcommand's command line: declares, parses, and turns every refusal into an Answer.
class Line {
 public:
  Line(const std::string& name, const std::string& summary) : app_(summary, "composelint " + name) {
    app_.set_help_flag("-h,--help", "Print this help");
    app_.get_formatter()->column_width(34);
  }

  CLI::App& app() { return app_; }

  void examples(std::initializer_list<std::string_view> lines) {
    std::string text = "Examples:";
    for (const std::string_view line : lines) text += fmt::format("\n  {}", line);
    app_.footer(text);
  }

  // An option whose value is one of a few words; kept until `parse` and looked up then.
  template <typename Value, typename Into>
  void choice(const std::string& name, const std::string& help, std::vector<Choice<Value>> choices,
              Into& into) {
    std::string words;
    for (const auto& each : choices) words += (words.empty() ? "" : "|") + std::string(each.word);
    app_.add_option_function<std::string>(
            name,
            [this, name, choices = std::move(choices), &into](const std::string& word) {
              for (const auto& each : choices) {
                if (each.word == word) {
                  into = each.value;
                  return;
                }
              }
              std::vector<std::string_view> known;
              for (const auto& each : choices) known.push_back(each.word);
              refuse(fmt::format("{}: unknown value \"{}\"{}", name, word, hint(word, known)));
            },
            help)
        ->type_name(words);
  }

  // Nothing when the options are set; else what to show.
  std::optional<Answer> parse(const Words& words) {
    try {
      app_.parse(Words(words.rbegin(), words.rend()));
    } catch (const CLI::CallForHelp&) {
      return Answer{app_.help(), ExitCode::kClean};
    } catch (const CLI::ExtrasError&) {
      refuse(unexpected());
    } catch (const CLI::Error& error) {
      refuse(error.what());
    }
    if (refusal_.empty()) return std::nullopt;
    return Answer{fmt::format("{}\nSee {} --help.\n", refusal_, app_.get_name()),
                  ExitCode::kTrouble};
  }

 private:
  void refuse(std::string message) {
    if (refusal_.empty()) refusal_ = std::move(message);
  }

  std::string unexpected() {
    const Words extras = app_.remaining();
    const auto option = std::find_if(extras.begin(), extras.end(),
                                     [](const std::string& word) { return word.starts_with('-'); });
    if (option == extras.end()) {
      return fmt::format("unexpected argument \"{}\"", extras.empty() ? "" : extras.front());
    }
    Words names;
    for (const CLI::Option* known : std::as_const(app_).get_options()) {
      for (const std::string& name : known->get_lnames()) names.push_back("--" + name);
    }
    const std::string word = option->substr(0, option->find('='));
    return fmt::format("unknown option \"{}\"{}", word, hint(word, {names.begin(), names.end()}));
  }

  CLI::App app_;
  std::string refusal_;
};

template <typename Options>
Parsed<Options> finish(Line& line, const Words& words, Options& options) {
  if (auto answer = line.parse(words)) return std::move(*answer);
  return std::move(options);
}

template <typename Into>
void add_severities(Line& line, Into& into) {
  line.choice<std::optional<Severity>>("--fail-on", "End with 1 from this level on (warning)",
                                       {{"note", Severity::kNote},
                                        {"warning", Severity::kWarning},
                                        {"error", Severity::kError},
                                        {"never", Severity::kOff}},
                                       into);
}

// Each as `--select a,b` and as `--select a --select b`; the word behind is a path again.
void add_rule_choice(Line& line, CheckOptions& options) {
  const auto add = [&](const std::string& name, Words& into, const std::string& help) {
    line.app()
        .add_option(name, into, help)
        ->delimiter(',')
        ->allow_extra_args(false)
        ->type_name("RULE[,RULE]");
  };
  add("--select", options.select, "Run these rules only; run-* are all that begin so");
  add("--ignore", options.ignore, "Do not run these");
}

void add_config(Line& line, ConfigFileOptions& config) {
  CLI::Option* const file =
      line.app()
          .add_option("--config", config.file, "Configuration, instead of .composelint.yaml")
          ->type_name("FILE");
  line.app().add_flag("--no-config", config.none, "Read no configuration")->excludes(file);
}

void add_colour(Line& line, Colour& into) {
  line.choice<Colour>(
      "--color", "Colour the text (auto)",
      {{"auto", Colour::kAuto}, {"always", Colour::kAlways}, {"never", Colour::kNever}}, into);
}

void add_fixing(CLI::App& app, CheckOptions& options) {
  CLI::Option* const fix = app.add_flag(
      "--fix", options.fix, "Make the safe fixes in the files, and report what is left");
  app.add_flag("--diff", options.diff,
               "Print the fixes as a patch instead (git apply, patch -p1); nothing is written")
      ->needs(fix);
  app.add_flag("--unsafe-fixes", options.unsafe_fixes,
               "Make those fixes as well that change what runs")
      ->needs(fix);
}

void add_baseline(CLI::App& app, CheckOptions& options) {
  CLI::Option* const read =
      app.add_option("--baseline", options.baseline, "Leave out the findings that FILE has")
          ->type_name("FILE");
  app.add_option("--write-baseline", options.write_baseline,
                 "Write all findings to FILE instead of reporting them")
      ->type_name("FILE")
      ->excludes(read)
      ->excludes("--fix")
      ->excludes("--output");
}

}  // namespace

Parsed<CheckOptions> parse_check(const Words& words) {
  CheckOptions options;
  Line line("check", "Report what compose projects and the scripts around them would do wrong.");
  CLI::App& app = line.app();
  app.add_option("PATH", options.paths, "Files and directories (.); - is standard input");
  line.choice<Format>("--format", "Form of the report (text)",
                      {{"text", Format::kText}, {"json", Format::kJson}, {"sarif", Format::kSarif}},
                      options.format);
  app.add_option("--output,-o", options.output, "Write the report to FILE")->type_name("FILE");
  add_severities(line, options.fail_on);
  add_rule_choice(line, options);
  line.choice<Context>("--context", "What the scripts are for, instead of judging by their place",
                       {{"ops", Context::kOps},
                        {"dev", Context::kDev},
                        {"ci", Context::kCi},
                        {"docs", Context::kDocs}},
                       options.context);
  app.add_option("--stdin-filename", options.stdin_filename,
                 "Read standard input as if it were this file")
      ->type_name("NAME");
  add_colour(line, options.colour);
  app.add_flag("--show-repeated", options.show_repeated,
               "Print each finding whole, also the fourth of its kind in a file");
  app.add_flag("--show-suppressed", options.show_suppressed,
               "List the findings that comments allow as well, with the reasons");
  app.add_flag("--no-inline", options.no_inline, "Let no comment allow anything");
  add_fixing(app, options);
  add_baseline(app, options);
  app.add_flag("--stats", options.stats, "Say what was read, and how much of it was understood");
  app.add_flag("--list-files", options.list_files, "Only list the files, their kind and context");
  add_config(line, options.config);
  line.examples({"composelint check", "composelint check ops/ compose.yaml --fail-on error",
                 "composelint check --fix --diff | git apply",
                 "composelint check --select run-without-rm,exec-* --context ops",
                 "composelint check --format sarif --output composelint.sarif",
                 "composelint check --stdin-filename ops/deploy.sh - < deploy.sh"});
  return finish(line, words, options);
}

Parsed<ExplainOptions> parse_explain(const Words& words) {
  ExplainOptions options;
  Line line("explain", "Say what a rule reports, why, and how to allow it.");
  line.app().add_option("RULE", options.slug, "Name of the rule")->required();
  add_config(line, options.config);
  line.examples({"composelint explain run-without-rm"});
  return finish(line, words, options);
}

Parsed<RulesOptions> parse_rules(const Words& words) {
  RulesOptions options;
  Line line("rules", "List all rules.");
  line.choice<Format>(
      "--format", "Form of the list (text)",
      {{"text", Format::kText}, {"json", Format::kJson}, {"markdown", Format::kMarkdown}},
      options.format);
  add_config(line, options.config);
  line.examples({"composelint rules", "composelint rules --format json"});
  return finish(line, words, options);
}

Parsed<CallsOptions> parse_calls(const Words& words) {
  CallsOptions options;
  Line line("calls", "List every compose call in the scripts, and the stack that it acts on.");
  line.app().add_option("PATH", options.paths, "Files and directories (.)");
  line.choice<Format>("--format", "Form of the list (text)",
                      {{"text", Format::kText}, {"json", Format::kJson}}, options.format);
  add_config(line, options.config);
  line.examples({"composelint calls", "composelint calls ops/ --format json"});
  return finish(line, words, options);
}

Parsed<TraceOptions> parse_trace(const Words& words) {
  TraceOptions options;
  Line line("trace", "Tell the steps of a script: what each does, to which stack, and when.");
  line.app().add_option("SCRIPT", options.script, "A script, or a file with tasks")->required();
  line.app().add_option("TASK", options.task, "The target, recipe or job (all)");
  line.app().add_flag("--all", options.all, "Tell of the commands that only look as well");
  line.choice<Format>("--format", "Form of the trace (text)",
                      {{"text", Format::kText}, {"json", Format::kJson}}, options.format);
  add_colour(line, options.colour);
  add_config(line, options.config);
  line.examples({"composelint trace ops/deploy.sh", "composelint trace Makefile deploy"});
  return finish(line, words, options);
}

Parsed<InitOptions> parse_init(const Words& words) {
  InitOptions options;
  Line line("init",
            "Write a commented .composelint.yaml out of what is found below this directory.");
  line.app().add_flag("--print", options.print, "Print it, and write nothing");
  line.examples({"composelint init", "composelint init --print"});
  return finish(line, words, options);
}

Parsed<ImportConfigOptions> parse_import_config(const Words& words) {
  ImportConfigOptions options;
  Line line("import-config",
            "Write a .composelint.yaml out of the configuration of another linter.");
  line.app().add_option("FILE", options.file,
                        "A .dclintrc or .compose-lint.yml; the one of this directory if not given");
  line.app().add_flag("--print", options.print, "Print it, and write nothing");
  line.examples({"composelint import-config", "composelint import-config --print .dclintrc"});
  return finish(line, words, options);
}

Parsed<TestRulesOptions> parse_test_rules(const Words& words) {
  TestRulesOptions options;
  Line line("test-rules", "Try the configuration's own rules on their examples.");
  add_config(line, options.config);
  line.examples({"composelint test-rules", "composelint test-rules --config ops/rules.yaml"});
  return finish(line, words, options);
}

Parsed<ConfigSchemaOptions> parse_config_schema(const Words& words) {
  ConfigSchemaOptions options;
  Line line("config-schema", "Print the JSON Schema of .composelint.yaml, for editors.");
  line.examples({"composelint config-schema > composelint.schema.json"});
  return finish(line, words, options);
}

Parsed<DocsOptions> parse_docs(const Words& words) {
  DocsOptions options;
  Line line("docs", "Write the pages of the rules.");
  line.app().add_option("--out", options.out, "Directory of the pages")->required();
  line.app().add_option("--readme", options.readme, "File whose table of rules is renewed");
  line.app().add_option("--configuration", options.configuration,
                        "File whose table of the configuration's keys is renewed");
  line.app().add_option("--schema", options.schema, "File of the configuration's JSON Schema");
  line.examples({"composelint docs --out docs/rules --readme README.md"});
  return finish(line, words, options);
}

}  // namespace composelint::cli
