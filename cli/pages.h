// A run on one project is shorter than the page faults it takes: memory that every run touches is
// asked for at once.
#pragma once

namespace composelint::cli {

// First thing in main(). A hint: where the kernel does not know it (Linux before 5.14) nothing
// changes.
void take_pages_at_once();

}  // namespace composelint::cli
