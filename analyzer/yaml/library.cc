#include "analyzer/yaml/library.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/parser.h>

#include <istream>
#include <streambuf>

namespace composelint::yaml {

namespace {

// Bytes as a stream, without a copy.
class ByteBuffer final : public std::streambuf {
 public:
  explicit ByteBuffer(std::string_view bytes) {
    char* const begin = const_cast<char*>(bytes.data());  // never written to
    setg(begin, begin, begin + bytes.size());
  }
};

}  // namespace

void read_events(std::string_view bytes, YAML::EventHandler& handler) {
  ByteBuffer buffer(bytes);
  std::istream input(&buffer);
  YAML::Parser parser(input);
  while (parser.HandleNextDocument(handler)) {
  }
}

}  // namespace composelint::yaml
