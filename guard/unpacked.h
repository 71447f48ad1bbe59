// What a packed file holds, by the program that unpacks it.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>

#include "guard/byte_source.h"

namespace composelint::guard {

// The standard output of a program that reads the file at its standard input. It ends with this.
class Unpacked final : public ByteSource {
 public:
  // `program` is a command line of plain words, found on PATH. The descriptor's offset is moved.
  Unpacked(std::string_view program, int descriptor);
  ~Unpacked() override;
  ssize_t read(char* to, std::size_t size) override;

  enum class End {
    kWhole,      // it ended with 0
    kRefused,    // with something else
    kNoProgram,  // there is none of this name
    kLost,       // it was killed, or could not be started for another reason
  };
  // Once all is read.
  [[nodiscard]] End end();

 private:
  int out_ = -1;
  pid_t pid_ = -1;
  int error_ = 0;
};

}  // namespace composelint::guard
