#include "analyzer/calls/option_reader.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <utility>

#include "analyzer/knowledge/compose_cli.h"
#include "analyzer/knowledge/docker_cli.h"

namespace composelint::calls {

namespace {

using knowledge::OptionSpec;

// Hyphen, figure dash, en dash, em dash, minus: what word processors make of "--".
bool begins_with_typographic_dash(std::string_view text) {
  if (text.size() < 3) return false;
  if (text.starts_with("\xE2\x88\x92")) return true;
  return text.starts_with("\xE2\x80") && text[2] >= '\x90' && text[2] <= '\x95';
}

// A variable that by its name carries options, not an operand: $DC_OPTS, ${FLAGS[@]}, $EXTRA_ARGS.
bool named_like_options(const Argument& word) {
  if (word.holes.empty()) return false;
  std::string name = word.holes.front().name;
  for (char& c : name) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  static constexpr std::array<std::string_view, 8> kParts = {"OPT", "ARG", "FLAG", "PARAM",
                                                             "RM",  "TTY", "@",    "*"};
  return std::any_of(kParts.begin(), kParts.end(),
                     [&](std::string_view part) { return name.find(part) != std::string::npos; });
}

// A variable that by its name, or as the caller's word, is rather the verb: $CMD, $action, $1.
bool named_like_verb(const Argument& word) {
  std::string name = word.holes.front().name;
  for (char& c : name) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  if (name.find_first_not_of("0123456789") == std::string::npos) return true;
  static constexpr std::array<std::string_view, 5> kParts = {"CMD", "COMMAND", "VERB", "ACTION",
                                                             "OPERATION"};
  return std::any_of(kParts.begin(), kParts.end(),
                     [&](std::string_view part) { return name.find(part) != std::string::npos; });
}

bool is_unknown_word(const Argument& word) {
  return word.splits && word.text.empty() && !word.holes.empty();
}

// "$@" of a caller who is not known, and nothing else: any number of words of any kind.
bool is_any_words(const Argument& word) {
  if (!word.splits || !word.text.empty() || word.holes.size() != 1) return false;
  return word.holes.front().name == "@" || word.holes.front().name == "*";
}

class Reader {
 public:
  Reader(std::span<const Argument> argv, std::size_t begin, std::span<const OptionSpec> specs,
         Operands operands, bool v1)
      : argv_(argv), at_(begin), specs_(specs), mode_(operands), v1_(v1) {}

  OptionReading read() {
    bool options_over = false;
    for (; at_ < argv_.size(); ++at_) {
      const Argument& word = argv_[at_];
      if (!options_over && !open_ && is_global() && is_any_words(word)) {
        open_ = Open{at_, reading_.options.size()};
      }
      const bool option_like = !options_over && word.text.size() > 1 && word.text[0] == '-' &&
                               (word.holes.empty() || word.holes.front().at > 0);
      if (!options_over && word.is("--")) {
        options_over = true;
      } else if (option_like) {
        read_option_word(word);
        if (!reading_.unknown.empty() && open_ && is_of_a_verb_in_open()) {
          go_back_to_open();
          break;
        }
      } else if (!options_over && begins_with_typographic_dash(word.text)) {
        reading_.typographic.push_back(at_);
      } else if (stands_for_operand()) {
        reading_.opaque = true;
        break;
      } else if (!options_over && word.splits && word.text.empty() && named_like_options(word)) {
        reading_.opaque = true;
      } else if (!options_over && stands_before_verb()) {
        reading_.opaque = true;
      } else {
        // An unquoted unknown word may be empty or hold options before what it is named for.
        if (!options_over && word.splits) reading_.opaque = true;
        if (mode_ == Operands::kStopAtFirst) break;
        reading_.operands.push_back(word);
      }
    }
    reading_.next = std::min(at_, argv_.size());
    return std::move(reading_);
  }

 private:
  // `exec "$@" bash`: the service may be among the caller's words, so no word behind them is it.
  [[nodiscard]] bool stands_for_operand() const {
    return mode_ == Operands::kStopAtFirst && !is_global() && at_ + 1 < argv_.size() &&
           is_any_words(argv_[at_]);
  }

  [[nodiscard]] bool is_global() const {
    return specs_.data() == knowledge::global_options().data() ||
           specs_.data() == knowledge::docker_global_options().data();
  }

  // The option that is not known here is one of some verb, and no verb stands behind it:
  // `"$@" --no-deps down -v` has its own, whatever is wrong with the option.
  [[nodiscard]] bool is_of_a_verb_in_open() const {
    if (specs_.data() != knowledge::global_options().data()) return true;
    std::size_t next = at_ + 1;
    while (next < argv_.size() && argv_[next].text.starts_with('-')) ++next;
    if (next < argv_.size() && argv_[next].known() &&
        knowledge::find_verb(argv_[next].text) != nullptr) {
      return false;
    }
    const std::string& name = reading_.unknown.back().name;
    const auto verbs = knowledge::verbs();
    return std::any_of(verbs.begin(), verbs.end(), [&](const knowledge::VerbSpec& verb) {
      return name.size() == 2 ? knowledge::find_option(verb.options, name[1]) != nullptr
                              : knowledge::find_option(verb.options, name) != nullptr;
    });
  }

  // `docker compose "$@" --remove-orphans`: the verb is among the caller's words, as what stands
  // behind them is an option of some verb.
  void go_back_to_open() {
    at_ = open_->at;
    reading_.options.resize(open_->options);
    reading_.unknown.clear();
    reading_.typographic.clear();
    reading_.missing_value_of.reset();
    reading_.opaque = true;
  }

  // `docker compose ${FILE:+-f $FILE} ps`: with a verb behind it, the word holds global options.
  [[nodiscard]] bool stands_before_verb() const {
    // Behind a verb the word is what it is named for: `exec $SERVICE ls`.
    const bool global = specs_.data() == knowledge::global_options().data();
    if (!global || !is_unknown_word(argv_[at_])) return false;
    if (named_like_verb(argv_[at_])) return false;
    std::size_t next = at_ + 1;
    while (next < argv_.size() && is_unknown_word(argv_[next]) && !named_like_verb(argv_[next])) {
      ++next;
    }
    return next < argv_.size() && argv_[next].known() &&
           knowledge::find_verb(argv_[next].text) != nullptr;
  }

  // The part of `word` from `offset` on, as an argument of its own.
  static Argument tail(const Argument& word, std::size_t offset) {
    Argument value = word;
    value.text = word.text.substr(offset);
    value.written = {};
    for (Hole& hole : value.holes) {
      hole.at = hole.at > offset ? hole.at - static_cast<std::uint32_t>(offset) : 0;
    }
    return value;
  }

  void add(const OptionSpec& spec, Span span, std::optional<Argument> value) {
    reading_.options.push_back({std::string(spec.canonical), span, std::move(value)});
  }

  void add_with_next_word_as_value(const Argument& word, const OptionSpec& spec) {
    if (at_ + 1 >= argv_.size()) {
      reading_.missing_value_of = at_;
      add(spec, word.place(), std::nullopt);
      return;
    }
    ++at_;
    add(spec, join(word.place(), argv_[at_].place()), argv_[at_]);
  }

  // A word may hold several options (`-it`), and a hole may stand in its name or in its value.
  void read_option_word(const Argument& word) {
    const std::size_t hole = word.holes.empty() ? std::string::npos : word.holes.front().at;
    for (std::size_t at = 0; at != std::string::npos;) {
      const knowledge::ReadOption one = knowledge::read_option(specs_, word.text, at);
      const bool known = one.spec != nullptr && (v1_ || !one.spec->v1_only);
      if (!known && hole == std::string::npos && !is_drawn(word, one)) {
        reading_.unknown.push_back({unknown_name(one), at_});
        return;
      }
      const bool short_with_hole = known && one.takes_next && hole != std::string::npos;
      if (!known || (hole != std::string::npos && !one.attached && !short_with_hole)) {
        reading_.opaque = true;
        return;
      }
      if (one.attached || short_with_hole) {
        const std::size_t begin =
            one.attached ? static_cast<std::size_t>(one.value.data() - word.text.data())
                         : word.text.size();
        add(*one.spec, word.place(), tail(word, begin));
      } else if (one.takes_next) {
        add_with_next_word_as_value(word, *one.spec);
      } else {
        add(*one.spec, word.place(), std::nullopt);
      }
    }
  }

  // `-d│`: a drawing (U+2500 to U+257F) has run into the text behind a letter that is known.
  static bool is_drawn(const Argument& word, const knowledge::ReadOption& one) {
    const std::size_t at =
        one.unknown.empty() ? 0 : static_cast<std::size_t>(one.unknown.data() - word.text.data());
    const std::string_view rest = std::string_view(word.text).substr(at);
    return at > 1 && (rest.starts_with("\xE2\x94") || rest.starts_with("\xE2\x95"));
  }

  static std::string unknown_name(const knowledge::ReadOption& one) {
    if (one.spec != nullptr) return std::string(one.spec->name);
    const std::string_view dash = one.unknown.starts_with('-') ? "" : "-";
    return std::string(dash) + std::string(one.unknown);
  }

  std::span<const Argument> argv_;
  std::size_t at_;
  std::span<const OptionSpec> specs_;
  Operands mode_;
  bool v1_;
  OptionReading reading_;
  struct Open {
    std::size_t at;       // of the first "$@"
    std::size_t options;  // read before it
  };
  std::optional<Open> open_;
};

}  // namespace

OptionReading read_options(std::span<const Argument> argv, std::size_t begin,
                           std::span<const OptionSpec> specs, Operands operands, bool v1) {
  return Reader(argv, begin, specs, operands, v1).read();
}

}  // namespace composelint::calls
