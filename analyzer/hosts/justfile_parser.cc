// The grammar of justfiles: one item a line, recipes with their indented lines.
#include <algorithm>
#include <cctype>
#include <string_view>

#include "analyzer/hosts/just_model.h"
#include "analyzer/text/path.h"

namespace composelint::hosts {
namespace {

constexpr std::size_t kMostFiles = 32;
constexpr std::size_t kMostRecipes = 10'000;

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

bool is_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
}

class Parser {
 public:
  Parser(const ReadRequest& request, JustModel& model, JustExpressions& expressions, HostFile& host)
      : request_(request), model_(model), expressions_(expressions), host_(host) {}

  void read_file(const SourceFile& file, const std::string& path) {
    if (std::find(files_.begin(), files_.end(), path) != files_.end()) return;
    if (files_.size() >= kMostFiles) return;
    files_.push_back(path);
    const SourceFile* const outer = std::exchange(file_, &file);
    const std::string_view outer_bytes = std::exchange(bytes_, file.bytes());
    const std::uint32_t outer_at = std::exchange(at_, 0);
    const std::string outer_path = std::exchange(path_, path);
    if (bytes_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    while (at_ < bytes_.size()) read_item();
    file_ = outer;
    bytes_ = outer_bytes;
    at_ = outer_at;
    path_ = outer_path;
  }

 private:
  [[nodiscard]] char peek(std::uint32_t ahead = 0) const {
    return at_ + ahead < bytes_.size() ? bytes_[at_ + ahead] : '\0';
  }
  [[nodiscard]] bool at(std::string_view text) const {
    return at_ < bytes_.size() && bytes_.substr(at_).starts_with(text);
  }
  [[nodiscard]] std::uint32_t line_end() const {
    const std::size_t end = bytes_.find('\n', at_);
    return static_cast<std::uint32_t>(end == std::string_view::npos ? bytes_.size() : end);
  }
  void next_line() { at_ = std::min(line_end() + 1, static_cast<std::uint32_t>(bytes_.size())); }
  void skip() {
    while (at_ < bytes_.size()) {
      if (is_blank(peek())) {
        ++at_;
      } else if (peek() == '\\' && peek(1) == '\n') {
        at_ += 2;
      } else {
        break;
      }
    }
  }
  std::string name() {
    const std::uint32_t begin = at_;
    while (is_name(peek()) || (peek() == ':' && peek(1) == ':' && is_name(peek(2))) ||
           (peek() == ':' && at_ > begin && bytes_[at_ - 1] == ':' && is_name(peek(1)))) {
      ++at_;
    }
    return std::string(bytes_.substr(begin, at_ - begin));
  }

  void read_item() {
    const char c = peek();
    if (c == '\n' || is_blank(c)) return next_line();  // an indented line that no recipe owns
    if (c == '#') {
      std::uint32_t end = line_end();
      if (end > at_ && bytes_[end - 1] == '\r') --end;
      if (file_ == &request_.file) host_.comments.push_back({{file_, at_, end}, true});
      return next_line();
    }
    if (c == '[') return read_attributes();
    const std::uint32_t begin = at_;
    const bool quiet = c == '@';
    if (quiet) ++at_;
    const std::uint32_t name_begin = at_;
    const std::string word = name();
    const Span span{file_, name_begin, at_};
    skip();
    if (word.empty()) return next_line();
    if (!quiet && at(":=")) return read_assignment(word, false);
    if (!quiet && is_name(peek()) && read_statement(word)) return;
    if (!quiet && (word == "import" || word == "mod") &&
        (peek() == '?' || peek() == '\'' || peek() == '"')) {
      if (peek() == '?') ++at_;
      return import();
    }
    if (model_.recipes.size() >= kMostRecipes) return next_line();
    at_ = begin + (quiet ? 1U : 0U) + static_cast<std::uint32_t>(word.size());
    read_recipe(word, span);
  }

  // `export x := …`, `set x`, `alias x := y`; false when it is the head of a recipe.
  bool read_statement(const std::string& word) {
    const std::uint32_t before = at_;
    if (word != "export" && word != "set" && word != "alias" && word != "unexport" &&
        word != "mod") {
      return false;
    }
    const std::string second = name();
    skip();
    const bool line_over = peek() == '\n' || peek() == '#' || at_ >= bytes_.size();
    if (word == "export" && at(":=")) {
      read_assignment(second, true);
    } else if (word == "alias" && at(":=")) {
      at_ += 2;
      skip();
      model_.aliases.emplace_back(second, name());
      next_line();
    } else if (word == "set" && (at(":=") || line_over)) {
      read_setting(second);
    } else if ((word == "unexport" || word == "mod") && (line_over || peek() == '\'')) {
      next_line();
    } else {
      at_ = before;
      return false;
    }
    return true;
  }

  void read_assignment(const std::string& word, bool exported) {
    at_ += 2;
    skip();
    expressions_.assign(word, {file_, at_});
    if (exported) model_.exported.push_back(word);
    at_ = end_of_just_expression(bytes_, at_);
    next_line();
  }

  void read_setting(const std::string& word) {
    const bool valued = at(":=");
    if (valued) at_ += 2;
    skip();
    const std::uint32_t end = end_of_just_expression(bytes_, at_);
    if (word == "export") model_.export_all = !at("false");
    if (word == "working-directory") model_.working_directory = JustPlace{file_, at_};
    if (word == "shell" && peek() == '[') {
      model_.shell.clear();
      while (at_ < end && peek() != ']') {
        if (peek() == '"' || peek() == '\'') {
          model_.shell.push_back(plain(expressions_.evaluate({file_, at_}, {}, &at_)));
        } else {
          ++at_;
        }
      }
    }
    at_ = std::max(at_, end);
    next_line();
  }

  void import() {
    skip();
    const std::string name = plain(expressions_.evaluate({file_, at_}, {}, &at_));
    next_line();
    if (name.empty() || !request_.open) return;
    const std::string path = text::join_path(text::directory_of(path_), name);
    if (const SourceFile* file = request_.open(path)) read_file(*file, path);
  }

  // [private], [no-cd], [working-directory: 'x'], [confirm("…")]
  void read_attributes() {
    const std::uint32_t end = end_of_just_expression(bytes_, at_);
    ++at_;
    while (at_ < end) {
      skip();
      const std::string word = name();
      if (word == "no-cd") pending_.no_cd = true;
      if (word == "script") pending_.script = true;
      if (word == "working-directory") {
        while (at_ < end && peek() != '\'' && peek() != '"') ++at_;
        if (at_ < end) pending_.working_directory = JustPlace{file_, at_};
      }
      if (word.empty() && (peek() == '\'' || peek() == '"')) {
        static_cast<void>(expressions_.evaluate({file_, at_}, {}, &at_));
      } else if (word.empty()) {
        ++at_;
      }
    }
    at_ = std::max(at_, end);
    next_line();
  }

  void read_recipe(const std::string& word, Span span) {
    JustRecipe recipe = std::exchange(pending_, {});
    recipe.name = word;
    recipe.span = span;
    for (;;) {
      skip();
      if (peek() == ':' || peek() == '\n' || at_ >= bytes_.size()) break;
      const std::uint32_t before = at_;
      JustParameter parameter;
      while (peek() == '+' || peek() == '*' || peek() == '$') {
        parameter.exported = parameter.exported || peek() == '$';
        ++at_;
      }
      const std::uint32_t from = at_;
      while (is_name(peek())) ++at_;
      parameter.name = std::string(bytes_.substr(from, at_ - from));
      skip();
      if (peek() == '=') {
        ++at_;
        skip();
        parameter.otherwise = JustPlace{file_, at_};
        static_cast<void>(expressions_.evaluate({file_, at_}, {}, &at_));
      }
      if (at_ == before) return next_line();  // a template's own language, or no justfile
      if (!parameter.name.empty()) recipe.parameters.push_back(std::move(parameter));
    }
    if (peek() != ':') return next_line();
    ++at_;
    read_dependencies(recipe);
    next_line();
    read_body(recipe);
    model_.recipes.push_back(std::move(recipe));
  }

  void read_dependencies(JustRecipe& recipe) {
    std::vector<JustDependency>* into = &recipe.before;
    while (at_ < bytes_.size()) {
      skip();
      if (peek() == '\n' || peek() == '#') return;
      if (at("&&")) {
        into = &recipe.after;
        at_ += 2;
      } else if (peek() == '(') {
        ++at_;
        skip();
        JustDependency one{name(), {}};
        for (skip(); at_ < bytes_.size() && peek() != ')' && peek() != '\n'; skip()) {
          one.arguments.push_back({file_, at_});
          const std::uint32_t before = at_;
          static_cast<void>(expressions_.evaluate({file_, at_}, {}, &at_));
          if (at_ == before) return;
        }
        if (peek() == ')') ++at_;
        into->push_back(std::move(one));
      } else {
        JustDependency one{name(), {}};
        if (one.name.empty()) return;
        into->push_back(std::move(one));
      }
    }
  }

  void read_body(JustRecipe& recipe) {
    std::vector<Span> blank;
    while (at_ < bytes_.size()) {
      std::uint32_t end = line_end();
      if (end > at_ && bytes_[end - 1] == '\r') --end;
      const std::string_view line = bytes_.substr(at_, end - at_);
      const bool empty = line.find_first_not_of(" \t") == std::string_view::npos;
      if (!empty && !is_blank(line.front())) return;
      if (empty) {
        blank.push_back({file_, at_, end});
      } else {
        recipe.lines.insert(recipe.lines.end(), blank.begin(), blank.end());
        blank.clear();
        recipe.lines.push_back({file_, at_, end});
      }
      next_line();
    }
  }

  const ReadRequest& request_;
  JustModel& model_;
  JustExpressions& expressions_;
  HostFile& host_;
  const SourceFile* file_ = nullptr;
  std::string_view bytes_;
  std::uint32_t at_ = 0;
  std::string path_;
  std::vector<std::string> files_;
  JustRecipe pending_;  // its attributes, until it comes
};

}  // namespace

void parse_justfile(const ReadRequest& request, JustModel& model, JustExpressions& expressions,
                    HostFile& host) {
  Parser(request, model, expressions, host).read_file(request.file, request.path);
}

}  // namespace composelint::hosts
