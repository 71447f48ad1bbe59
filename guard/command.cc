#include "guard/command.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "analyzer/calls/command_line.h"
#include "analyzer/calls/doubt.h"
#include "analyzer/calls/load_request.h"
#include "analyzer/calls/task.h"
#include "analyzer/calls/unknown_wrapper.h"
#include "analyzer/hosts/host_file.h"
#include "analyzer/knowledge/wrappers.h"
#include "analyzer/shell/parser.h"
#include "analyzer/text/path.h"
#include "analyzer/text/source_store.h"
#include "analyzer/timeline/build.h"
#include "guard/fed_call.h"
#include "guard/lost_data.h"
#include "guard/started_change.h"
#include "guard/statement_file.h"
#include "guard/words.h"
#include "guard/wrapping.h"

namespace composelint::guard {

namespace {

constexpr std::string_view kShownPath = "<command line>";

Failure refuse(std::string message) {
  return {FailureCode::kUsage, std::move(message), {}};
}

StreamKind kind_of(StreamIs is) {
  switch (is) {
    case StreamIs::kTerminal: return StreamKind::kInherited;
    case StreamIs::kFile: return StreamKind::kFile;
    case StreamIs::kNull:
    case StreamIs::kClosed: return StreamKind::kNull;
    case StreamIs::kPipe: return StreamKind::kPipe;
  }
  return StreamKind::kInherited;
}

Stream stream_of(const StreamFact& fact) {
  Stream stream;
  stream.kind = kind_of(fact.is);
  stream.target.text = fact.path;
  return stream;
}

}  // namespace

struct GuardedCommand::Sources {
  Sources(const FileSystem& files, const std::string& directory) : store(files, directory) {}

  text::SourceStore store;
  hosts::Task task;
  // A repository's rows may make guard ask for more and never for less.
  knowledge::Vocabulary vocabulary;
  // When the loader refuses: what can be seen of the project all the same.
  std::optional<compose::LoadedProject> lenient;
};

GuardedCommand::GuardedCommand() = default;
GuardedCommand::~GuardedCommand() = default;

const Value* GuardedCommand::model() const {
  if (project != nullptr) return &project->model;
  return sources->lenient ? &sources->lenient->model : nullptr;
}

const FileSystem& GuardedCommand::files() const {
  return sources->store.files();
}

const Service* GuardedCommand::service() const {
  if (step == nullptr || !step->call) return nullptr;
  const Argument* name = call().service();
  const Project* seen = call().target.project;
  return name == nullptr || seen == nullptr ? nullptr : seen->service(name->text);
}

namespace {

class Reader {
 public:
  Reader(GuardedCommand& command, const Surroundings& around, LookIs look)
      : command_(command), around_(around), look_(look) {}

  MaybeFailure read() {
    write_text();
    Result<Wrapping> wrapping = read_wrapping(arguments_, around_);
    if (!wrapping) return wrapping.failure();
    wrapping_ = std::move(*wrapping);
    const auto argv = std::span(arguments_).subspan(wrapping_.command_at);
    const auto start = calls::find_compose(argv);
    if (!start) return not_compose(argv);
    if (start->own) {
      return refuse(argv.front().text +
                    " is a script of the project; give guard the command that "
                    "it runs, or: composelint guard " +
                    argv.front().text);
    }
    if (start->opaque) return refuse("an option of docker itself is not known to guard");
    if (auto failure = walk()) return failure;
    place_words(*start);
    command_.loss = lost_data(command_);
    if (command_.loss.what.empty() || command_.loss.severity != Severity::kError) look_at_input();
    return std::nullopt;
  }

 private:
  void write_text() {
    CommandText written = command_text(command_.argv);
    command_.text = &command_.sources->store.add(std::string(kShownPath), std::move(written.text));
    for (std::size_t i = 0; i < written.words.size(); ++i) {
      const Span span{command_.text, written.words[i].first, written.words[i].second};
      command_.words.push_back(span);
      Argument& word = arguments_.emplace_back();
      word.span = word.written = span;
      word.text = command_.argv[i];
    }
  }

  // A program that guard does not know may run compose all the same.
  MaybeFailure not_compose(std::span<const Argument> argv) const {
    if (argv.empty()) return std::nullopt;
    const std::string_view program = text::name_of(argv.front().text);
    const bool podman = program == "podman-compose" ||
                        (program == "podman" && argv.size() > 1 && argv[1].is("compose"));
    if (podman) {
      return refuse("guard knows Docker Compose; what " + std::string(program) +
                    " makes of these words has not been tried");
    }
    const auto wrapper = knowledge::unwrap_once(argv);
    const bool elsewhere = wrapper && wrapper->place == knowledge::Place::kRemote;
    if (elsewhere) {
      return mentions_compose(argv)
                 ? MaybeFailure(refuse(std::string(program) + " runs this on another machine; "
                                                              "start guard there"))
                 : std::nullopt;
    }
    if (wrapper && (wrapper->script != nullptr || wrapper->joins_rest)) {
      if (!mentions_compose(argv)) return std::nullopt;
      const bool last = wrapper->script == nullptr && wrapper->rest + 1 == argv.size();
      const Argument* text = last ? &argv[wrapper->rest] : wrapper->script;
      return refuse(
          no_shell_text(program, text == nullptr ? "" : text->text, wrapping_.command_at > 0));
    }
    // `make docker compose`, `retry 3 docker compose run …`, `dotenv run -- docker compose …`
    for (std::size_t at = 1; at < argv.size() && program != "docker"; ++at) {
      if (!calls::find_compose(argv.subspan(at))) continue;
      const bool runs = wrapper || calls::find_wrapped(argv).has_value();
      if (!runs) break;
      return refuse(
          "what " + std::string(program) +
          " does to the command is not known; put guard behind it: " + std::string(program) +
          " … composelint guard -- " + std::string(text::name_of(argv[at].text)) + " …");
    }
    return std::nullopt;
  }

  static bool mentions_compose(std::span<const Argument> argv) {
    return std::any_of(argv.begin(), argv.end(), [](const Argument& word) {
      return word.text.find("docker compose") != std::string::npos ||
             word.text.find("docker-compose") != std::string::npos || word.text == "compose";
    });
  }

  MaybeFailure walk() {
    Result<Script> script = shell::parse_script(shell::whole_file(*command_.text));
    if (!script) return refuse("the command line cannot be read: " + script.failure().message);
    auto block = std::make_shared<hosts::Block>();
    block->script = std::move(*script);
    block->directory = around_.working_directory();
    command_.sources->task.span = block->script.span;
    command_.sources->task.blocks.push_back(std::move(block));
    timeline::BuildRequest request;
    request.task = &command_.sources->task;
    request.file = command_.text;
    request.script_path = text::join_path(around_.working_directory(), kShownPath);
    request.workspace_root = around_.working_directory();
    request.vocabulary = &command_.sources->vocabulary;
    command_.timeline = timeline::build(
        request,
        [this](const ComposeInvocation& call, const calls::CallSite&) { return bind(call); });
    std::vector<Step>& steps = command_.timeline.steps;
    const std::size_t words = command_.argv.size() - wrapping_.command_at;
    // `exec app composer install`: what is walked in the container may have been a call, and is
    // none.
    const bool alone =
        !steps.empty() && std::all_of(steps.begin() + 1, steps.end(), [](const Step& other) {
          return other.place == Place::kContainer && !other.call;
        });
    if (!alone || !steps.front().call || steps.front().argv.size() != words) {
      return refuse("guard takes one call of compose at a time");
    }
    if (!failure_.empty()) return refuse(failure_);
    Step& step = steps.front();
    settle(*step.call);
    step.in = stream_of(around_.stream(0));
    step.out = stream_of(around_.stream(1));
    step.err = stream_of(around_.stream(2));
    command_.step = &step;
    command_.doubt = doubt_of(*step.call);
    command_.business = business(*step.call);
    command_.starts_change = started_change(*step.call, &command_.sources->vocabulary);
    return std::nullopt;
  }

  // A file or a pipe at standard input holds what nobody has seen.
  [[nodiscard]] std::string doubt_of(const ComposeInvocation& call) const {
    if (!call.is("run") && !call.is("exec")) return "";
    const StreamIs in = around_.stream(0).is;
    const bool fed = in == StreamIs::kFile || in == StreamIs::kPipe;
    return calls::doubt_of(call, fed, &command_.sources->vocabulary);
  }

  // What is a look by all of its words is one, whatever its first words have been taken for.
  void settle(ComposeInvocation& call) const {
    // Where `run` has an entrypoint of the image before it, the name of the service may say more.
    const bool task = call.is("exec") || (call.is("run") && call.effect == Effect::kUnknown);
    if (!task || call.inner.empty()) return;
    const StreamIs in = around_.stream(0).is;
    const bool fed = in == StreamIs::kFile || in == StreamIs::kPipe;
    if (!calls::surely_looks(call, fed, &command_.sources->vocabulary)) return;
    switch (call.effect) {
      case Effect::kReads:
      case Effect::kExports:
      case Effect::kDumps:
      case Effect::kShell: return;
      default: break;
    }
    call.effect = Effect::kReads;
    call.role = Role::kNone;
    call.effect_name = "a look";
  }

  [[nodiscard]] Business business(const ComposeInvocation& call) const {
    const bool task = look_ == LookIs::kTask && (call.is("exec") || call.is("run"));
    return doubt_of(call).empty() && !task ? business_of(call) : business_in_doubt(call);
  }

  // What lies at standard input, and nobody has looked at by its file.
  void look_at_input() {
    const ComposeInvocation& call = command_.call();
    const StreamIs in = around_.stream(0).is;
    const bool fed = in == StreamIs::kFile || in == StreamIs::kPipe;
    if (!fed || command_.business == Business::kNone || !obeys_input(call)) return;
    FedText input = around_.fed();
    std::string text = unpacked_text(std::move(input.text));
    if (text.empty()) return;
    constexpr std::size_t kLongest = std::size_t{1} << 20U;
    const bool whole = input.whole && text.size() <= kLongest;
    text.resize(std::min(text.size(), kLongest));
    const SourceFile file("<standard input>", text);
    Step step = *command_.step;
    step.call->inner = told_instead(call, file);
    step.in = {};
    calls::judge(*step.call, &command_.sources->vocabulary);
    step.effect = step.call->effect;
    step.role = step.call->role;
    step.effect_name = step.call->effect_name;
    const Step* const shown = std::exchange(command_.step, &step);
    Loss loss = lost_data(command_);
    command_.step = shown;
    const bool changes = step.effect == Effect::kMigrates || step.effect == Effect::kRestores;
    if (loss.what.empty() && changes && obeys_as_shell(call)) {
      loss.what = "what it is fed changes the database (" + std::string(step.effect_name) + ")";
    }
    if (!loss.what.empty()) command_.loss = std::move(loss);
    if (!whole && command_.loss.what.empty()) command_.loss = lost_by_unread(command_);
  }

  Target bind(const ComposeInvocation& call) {
    ComposeInvocation judged = call;
    calls::judge(judged, &command_.sources->vocabulary);
    settle(judged);
    // A command that only looks has no need of the project; what `run` is may hang on it.
    const Business own = call.is("run") ? business_in_doubt(judged) : business(judged);
    if (own == Business::kNone) return {};
    calls::AskedProject asked = calls::asked_project(call);
    const auto& environment = wrapping_.environment;
    const auto named = environment.find("COMPOSE_FILE");
    const bool by_variable = asked.request.files.empty() && named != environment.end();
    if (!asked.unknown.empty() || (by_variable && named->second == "-")) {
      failure_ = "guard cannot read a compose file from standard input: the command needs it";
      return {};
    }
    compose::LoadRequest& request = asked.request;
    request.working_directory = around_.working_directory();
    for (const auto& [name, value] : environment) {
      request.environment.set(name, {value, {}, "shell"});
    }
    return load(std::move(request));
  }

  Target load(compose::LoadRequest request) {
    Target target;
    Result<compose::LoadedProject> exact = compose::load(request, command_.sources->store);
    if (exact) {
      command_.project = std::make_unique<compose::LoadedProject>(std::move(*exact));
      target.project = &command_.project->project;
      return target;
    }
    command_.project_failure = told(exact.failure());
    command_.refused = exact.failure().span.file;
    target.why_unknown = exact.failure().message;
    request.strictness = compose::Strictness::kLint;
    Result<compose::LoadedProject> lenient = compose::load(request, command_.sources->store);
    if (!lenient) return target;
    command_.sources->lenient.emplace(std::move(*lenient));
    target.project = &command_.sources->lenient->project;
    return target;
  }

  // The line that is wrong may be the one with a password: what is quoted of it is left out, and
  // where it stands is told instead.
  static std::string told(const Failure& failure) {
    if (failure.code != FailureCode::kSyntax) return failure.message;
    std::string out;
    bool quoted = false;
    for (const char c : failure.message) {
      if (c == '`') {
        if (!quoted) out += "`…`";
        quoted = !quoted;
      } else if (!quoted) {
        out += c;
      }
    }
    if (failure.span.file != nullptr) {
      out += " (" + failure.span.file->path() + ":" +
             std::to_string(failure.span.file->line_of(failure.span.begin)) + ")";
    }
    return out;
  }

  void place_words(const calls::ComposeStart& start) {
    const std::size_t program = wrapping_.command_at;
    const auto at = [&](std::size_t index) {
      return command_.argv.begin() + static_cast<std::ptrdiff_t>(index);
    };
    command_.docker = wrapping_.prefix;
    const std::size_t compose_at = program + start.after - 1;
    if (start.program == ComposeProgram::kPlugin) {
      command_.docker.insert(command_.docker.end(), at(program), at(compose_at));
    } else {
      command_.docker.emplace_back("docker");
    }
    const ComposeInvocation& call = command_.call();
    command_.verb_at = index_of(call.verb_span);
    const std::size_t verb = command_.verb_at == 0 ? command_.argv.size() : command_.verb_at;
    command_.compose = wrapping_.prefix;
    command_.compose.insert(command_.compose.end(), at(program), at(verb));
    const bool one = call.is("run") || call.is("exec");
    if (one && !call.services.empty()) {
      command_.service_at = index_of(call.services.front().span);
    }
  }

  [[nodiscard]] std::size_t index_of(const Span& span) const {
    const auto found = std::find(command_.words.begin(), command_.words.end(), span);
    return found == command_.words.end() ? 0
                                         : static_cast<std::size_t>(found - command_.words.begin());
  }

  GuardedCommand& command_;
  const Surroundings& around_;
  LookIs look_;
  std::vector<Argument> arguments_;
  Wrapping wrapping_;
  std::string failure_;
};

}  // namespace

Result<std::unique_ptr<GuardedCommand>> understand(std::vector<std::string> argv,
                                                   const Surroundings& around,
                                                   const engine::Config& config,
                                                   const FileSystem& files, LookIs look) {
  if (argv.empty()) return refuse("a command has to stand behind --");
  auto command = std::make_unique<GuardedCommand>();
  command->argv = std::move(argv);
  command->directory = around.working_directory();
  command->sources = std::make_unique<GuardedCommand::Sources>(files, around.working_directory());
  command->sources->vocabulary = config.vocabulary.graver();
  if (auto failure = Reader(*command, around, look).read()) return *failure;
  return command;
}

}  // namespace composelint::guard
