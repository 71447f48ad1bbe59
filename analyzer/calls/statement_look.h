// Whether the statements that a database client is handed only ask.
#pragma once

#include <string_view>

namespace composelint::calls {

// `select …; show …`, `\dt`, `.tables`: each statement begins as one that asks, none of its words
// stores, and each function that it calls is a built-in one that reads. False where that is not
// sure.
[[nodiscard]] bool only_asks(std::string_view sql);

// `COPY … TO STDOUT`, beside statements that only ask.
[[nodiscard]] bool only_exports(std::string_view sql);

// `db.a.find({}).count()`: the methods of MongoDB's shell that are called read or print.
[[nodiscard]] bool only_asks_mongo(std::string_view script);

}  // namespace composelint::calls
