#include "analyzer/hosts/just_expression.h"

#include <algorithm>
#include <cctype>

#include "analyzer/text/path.h"

namespace composelint::hosts {
namespace {

constexpr std::size_t kDepth = 40;
constexpr std::size_t kMostBytes = 32'000;  // of one value

bool is_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
}

// The quote that opens at `at`: one or three of ' " `.
std::string_view quote_at(std::string_view bytes, std::uint32_t at) {
  if (at >= bytes.size()) return {};
  const char c = bytes[at];
  if (c != '\'' && c != '"' && c != '`') return {};
  const bool triple = at + 2 < bytes.size() && bytes[at + 1] == c && bytes[at + 2] == c;
  return bytes.substr(at, triple ? 3 : 1);
}

// Where the string that `quote` opens at `at` is closed.
std::uint32_t closing(std::string_view bytes, std::uint32_t at, std::string_view quote) {
  std::size_t i = at + quote.size();
  while (i < bytes.size() && bytes.substr(i, quote.size()) != quote) {
    i += quote[0] == '"' && bytes[i] == '\\' ? 2 : 1;
  }
  return static_cast<std::uint32_t>(std::min(i, bytes.size()));
}

}  // namespace

std::uint32_t end_of_just_expression(std::string_view bytes, std::uint32_t at) {
  int depth = 0;
  while (at < bytes.size()) {
    const std::string_view quote = quote_at(bytes, at);
    if (!quote.empty()) {
      at = closing(bytes, at, quote) + static_cast<std::uint32_t>(quote.size());
      continue;
    }
    const char c = bytes[at];
    if (c == '(' || c == '{' || c == '[') ++depth;
    if (c == ')' || c == '}' || c == ']') --depth;
    if (c == '\n' && depth <= 0) break;
    ++at;
  }
  return static_cast<std::uint32_t>(std::min<std::size_t>(at, bytes.size()));
}

RunnerText JustExpressions::evaluate(JustPlace place, const Bindings& parameters,
                                     std::uint32_t* end) {
  Cursor in{place.file, place.file->bytes(), place.begin, &parameters};
  RunnerText out = read_expression(in);
  if (end != nullptr) *end = in.at;
  return out;
}

RunnerText JustExpressions::value_of(const std::string& name, const Bindings& parameters,
                                     Span place) {
  const auto bound = parameters.find(name);
  if (bound != parameters.end()) return bound->second;
  const auto known = values_.find(name);
  if (known != values_.end()) return known->second;
  const auto found = assigned_.find(name);
  if (found == assigned_.end() || std::find(open_.begin(), open_.end(), name) != open_.end()) {
    return hole_text(name, place);
  }
  open_.push_back(name);
  RunnerText value = evaluate(found->second, {});
  open_.pop_back();
  if (size_of(value) > kMostBytes) value = hole_text(name, place);
  values_[name] = value;
  return value;
}

void JustExpressions::skip_blank(Cursor& in) {
  while (in.at < in.bytes.size()) {
    const char c = in.bytes[in.at];
    const bool continued = c == '\\' && in.at + 1 < in.bytes.size() && in.bytes[in.at + 1] == '\n';
    if (c != ' ' && c != '\t' && c != '\r' && !continued) break;
    in.at += continued ? 2 : 1;
  }
}

RunnerText JustExpressions::read_expression(Cursor& in) {
  if (depth_ >= kDepth || budget_ == 0) return hole_text("…", {in.file, in.at, in.at});
  ++depth_;
  --budget_;
  RunnerText out = read_value(in);
  for (;;) {
    skip_blank(in);
    const char c = in.at < in.bytes.size() ? in.bytes[in.at] : '\0';
    const std::string_view two = in.bytes.substr(std::min<std::size_t>(in.at, in.bytes.size()), 2);
    if (two == "||" || two == "&&") {
      in.at += 2;
      skip_blank(in);
      RunnerText right = read_value(in);
      // Empty is false.
      if (two == "||" ? out.empty() : !out.empty()) out = std::move(right);
      continue;
    }
    if (c != '+' && c != '/') break;
    const Span place{in.file, in.at, in.at + 1};
    ++in.at;
    skip_blank(in);
    if (c == '/') append(out, plain_text("/", place, true));
    append(out, read_value(in));
    if (size_of(out) > kMostBytes) out = hole_text("…", place);
  }
  --depth_;
  return out;
}

RunnerText JustExpressions::read_value(Cursor& in) {
  skip_blank(in);
  while (in.at < in.bytes.size() && in.bytes[in.at] == '\n' && depth_ > 1) {
    ++in.at;
    skip_blank(in);
  }
  if (in.at >= in.bytes.size()) return {};
  const std::uint32_t begin = in.at;
  if (!quote_at(in.bytes, begin).empty()) return read_string(in);
  const char c = in.bytes[begin];
  if (c == '/') return {};  // of `/ "x"`: the operator follows
  if (c == '(') {
    ++in.at;
    RunnerText out = read_expression(in);
    while (in.at < in.bytes.size() && std::isspace(static_cast<unsigned char>(in.bytes[in.at]))) {
      ++in.at;
    }
    if (in.at < in.bytes.size() && in.bytes[in.at] == ')') ++in.at;
    return out;
  }
  while (in.at < in.bytes.size() && is_name(in.bytes[in.at])) ++in.at;
  const std::string name(in.bytes.substr(begin, in.at - begin));
  if (name.empty()) return {};
  const std::string_view quote = quote_at(in.bytes, in.at);
  if ((name == "x" || name == "f") && !quote.empty()) {
    RunnerText out = read_string(in);
    const bool open = plain(out).find_first_of("${~") != std::string::npos;
    return open ? hole_text("…", {in.file, begin, in.at}) : out;
  }
  if (name == "if") return read_if(in);
  if (in.at < in.bytes.size() && in.bytes[in.at] == '(') return read_call(in, name, begin);
  return value_of(name, *in.parameters, {in.file, begin, in.at});
}

RunnerText JustExpressions::read_string(Cursor& in) {
  const std::string_view quote = quote_at(in.bytes, in.at);
  const std::uint32_t begin = in.at + static_cast<std::uint32_t>(quote.size());
  const std::uint32_t end = std::max(begin, closing(in.bytes, in.at, quote));
  in.at = std::min(end + static_cast<std::uint32_t>(quote.size()),
                   static_cast<std::uint32_t>(in.bytes.size()));
  const auto piece = [&](std::uint32_t from, std::uint32_t to) {
    return plain_text(std::string(in.bytes.substr(from, to - from)), {in.file, from, to}, true);
  };
  RunnerText out;
  if (quote[0] == '`') {
    append(out, plain_text("$(", {in.file, begin - 1, begin}));
    append(out, piece(begin, end));
    append(out, plain_text(")", {in.file, end, in.at}));
    for (TextPart& part : out) part.code = true;
    return out;
  }
  std::uint32_t from = begin;
  for (std::uint32_t i = begin; quote[0] == '"' && i + 1 < end; ++i) {
    if (in.bytes[i] != '\\') continue;
    append(out, piece(from, i));
    const char c = in.bytes[i + 1];
    const std::string one = c == 'n' ? "\n" : c == 't' ? "\t" : c == '\n' ? "" : std::string(1, c);
    append(out, plain_text(one, {in.file, i, i + 2}));
    from = ++i + 1;
  }
  append(out, piece(from, std::max(from, end)));
  return out;
}

// if a == b { x } else { y }
RunnerText JustExpressions::read_if(Cursor& in) {
  const Span place{in.file, in.at - 2, in.at};
  std::vector<RunnerText> ways;
  const auto find_brace = [&] {
    while (in.at < in.bytes.size() && in.bytes[in.at] != '{' && in.bytes[in.at] != '\n') {
      const std::string_view quote = quote_at(in.bytes, in.at);
      in.at =
          quote.empty()
              ? in.at + 1
              : std::min(closing(in.bytes, in.at, quote) + static_cast<std::uint32_t>(quote.size()),
                         static_cast<std::uint32_t>(in.bytes.size()));
    }
    return in.at < in.bytes.size() && in.bytes[in.at] == '{';
  };
  if (!find_brace()) return hole_text("if", place);
  for (;;) {
    ++in.at;
    ways.push_back(read_expression(in));
    while (in.at < in.bytes.size() && in.bytes[in.at] != '}') ++in.at;
    if (in.at < in.bytes.size()) ++in.at;
    while (in.at < in.bytes.size() && std::isspace(static_cast<unsigned char>(in.bytes[in.at]))) {
      ++in.at;
    }
    if (!in.bytes.substr(std::min<std::size_t>(in.at, in.bytes.size())).starts_with("else")) break;
    if (!find_brace() || ways.size() > 8) break;
  }
  return choose("if", std::move(ways), place);
}

RunnerText JustExpressions::read_call(Cursor& in, const std::string& name, std::uint32_t begin) {
  std::vector<RunnerText> arguments;
  ++in.at;
  while (in.at < in.bytes.size()) {
    while (in.at < in.bytes.size() &&
           (std::isspace(static_cast<unsigned char>(in.bytes[in.at])) || in.bytes[in.at] == ',')) {
      ++in.at;
    }
    if (in.at >= in.bytes.size() || in.bytes[in.at] == ')' || arguments.size() > 16) break;
    const std::uint32_t before = in.at;
    arguments.push_back(read_expression(in));
    if (in.at == before) break;
  }
  while (in.at < in.bytes.size() && in.bytes[in.at] != ')' && in.bytes[in.at] != '\n') ++in.at;
  if (in.at < in.bytes.size() && in.bytes[in.at] == ')') ++in.at;
  const Span place{in.file, begin, in.at};
  if (name == "justfile_directory" || name == "source_directory" || name == "justfile_dir") {
    return plain_text(directory_, place);
  }
  if (name == "justfile" || name == "source_file") return plain_text(path_, place);
  if (name == "just_executable") return plain_text("just", place);
  const bool one = arguments.size() == 1;
  if (name == "env_var_or_default" || name == "env" || name == "env_var") {
    if (arguments.size() == 2 && !arguments[1].empty()) return arguments[1];
    return hole_text(arguments.empty() ? name : plain(arguments[0]), place);
  }
  if (one && (name == "require" || name == "which" || name == "trim" || name == "quote")) {
    return arguments[0];
  }
  if (one && (name == "parent_directory" || name == "parent_dir") && is_plain(arguments[0])) {
    return plain_text(text::directory_of(plain(arguments[0])), place);
  }
  if (name == "join" && arguments.size() > 1) {
    RunnerText out = arguments[0];
    for (std::size_t i = 1; i < arguments.size(); ++i) {
      append(out, plain_text("/", place));
      append(out, arguments[i]);
    }
    return out;
  }
  if (name == "shell" && !arguments.empty()) {
    RunnerText out = plain_text("$(", place);
    append(out, arguments[0]);
    append(out, plain_text(")", place));
    for (TextPart& part : out) part.code = true;
    return out;
  }
  return hole_text(name, place);
}

}  // namespace composelint::hosts
