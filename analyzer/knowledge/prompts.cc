// Commands that ask the operator and wait for an answer.
#include <algorithm>
#include <cctype>
#include <string>

#include "analyzer/knowledge/option_words.h"
#include "analyzer/knowledge/vocabulary.h"
#include "analyzer/knowledge/vocabulary_match.h"

namespace composelint::knowledge {
namespace {

using Words = std::span<const Argument>;

// Functions of the script itself that go by such a name. '_' stands for '-' as well.
constexpr std::string_view kAskingNames =
    "confirm|confirm_*|*_confirm|*_confirm_*|ask|ask_*|*_ask|prompt|prompt_*|*_prompt|yesno|"
    "yes_or_no|yes_no|are_you_sure|areyousure|confirmation|require_confirmation|get_confirmation|"
    "press_any_key|press_enter|pause|continue_prompt|askyesno|promptyesno|confirmaction";

bool reads_terminal(Words argv) {
  bool prompts = false;
  for (const Argument& word : argv.subspan(1)) {
    const std::string_view text = word.text;
    if (!text.starts_with('-') || text.starts_with("--")) continue;
    // -a and -u read lists and descriptors, -d '' records: no operator types those.
    if (text.find('u') != std::string_view::npos || text.find('a') != std::string_view::npos) {
      return false;
    }
    if (text.find('p') != std::string_view::npos || text.find('s') != std::string_view::npos) {
      prompts = true;
    }
    if (text.find('n') != std::string_view::npos || text.find('e') != std::string_view::npos) {
      prompts = true;  // `read -n 1`: any key
    }
  }
  return prompts;
}

bool is_prompting_program(std::string_view name, Words rest) {
  if (name == "whiptail" || name == "dialog") {
    return matches("--yesno|--inputbox|--passwordbox|--menu|--checklist|--radiolist", rest);
  }
  if (name == "gum") return matches("confirm|choose|input", rest);
  if (name == "zenity" || name == "kdialog") {
    return matches("--question|--entry|--yesno|--warningyesno", rest);
  }
  return matches_any("make|just|gmake", name) && matches("... confirm|confirm-*|*-confirm", rest);
}

}  // namespace

bool is_prompt(std::span<const Argument> argv) {
  if (argv.empty()) return false;
  const std::string_view name = base_name(argv.front());
  if (name == "read") return reads_terminal(argv);
  if (name == "select") return true;
  if (is_prompting_program(name, argv.subspan(1))) return true;
  if (name == "vared" || name == "systemd-ask-password" || name == "fzf") return true;
  std::string lower(name);
  for (char& c : lower) {
    c = c == '-' || c == ':' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return matches_any(kAskingNames, lower);
}

}  // namespace composelint::knowledge
