// Words that go to a program as they are, without a shell: written so that a shell would see just
// these words.
#pragma once

#include <string_view>
#include <vector>

#include "analyzer/hosts/yaml_text.h"

namespace composelint::hosts {

class WordWriter {
 public:
  explicit WordWriter(HostText& out) : out_(out) {}

  // The text of the word that is being written.
  [[nodiscard]] HostText& word();
  // A variable that whoever starts the program puts in. `alone`: it may become several words.
  void parameter(std::string_view name, bool alone, Span place);
  // Ends the word, which may be empty. `whole` is all of it.
  void end_word(Span whole);

 private:
  struct Fragment {
    HostText text;
    bool parameter = false;
  };
  void write_quoted(const HostText& text);

  HostText& out_;
  std::vector<Fragment> fragments_;
};

// A command line that is cut into words by quotes, `\` and blanks (Python's shlex, Compose's
// shellwords) and nothing else: its operators are words. Added to those that `out` has.
void write_words(const HostText& line, HostText& out);
// One word, whatever is in it.
void write_word(const HostText& word, Span whole, HostText& out);

}  // namespace composelint::hosts
