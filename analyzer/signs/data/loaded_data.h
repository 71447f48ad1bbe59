// Steps that load the data of a database, and what they rely on.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

#include <string>

namespace composelint {

// `mysql app < dump.sql`, `zcat dump.sql.gz | … psql`: the file is the statements.
[[nodiscard]] bool is_fed_statements(const Timeline& timeline, const Step& step);

// Statements of a file, which change what the stack runs on; a new stack's database is empty, and
// who has just been asked reads what the client says.
[[nodiscard]] bool runs_a_file(const Timeline& timeline, const Step& step);

// The database is emptied, or made, for what is loaded next, and stays as it was.
[[nodiscard]] bool empties_for_a_load(const Step& step);

// `later` loads into what `earlier` has not thrown away.
[[nodiscard]] bool loads_into_the_old(const Timeline& timeline, const Step& earlier,
                                      const Step& later);

// Loads all of a database.
[[nodiscard]] bool loads(const Timeline& timeline, const Step& step);

// The harm, or a dump that is poured into a client.
[[nodiscard]] std::string harm_to_data(const Timeline& timeline, const Step& step);

// `ssh live mysqldump … > x.sql`, on whichever way, and `mysql < x.sql` behind the ways.
[[nodiscard]] bool reads_what_it_wrote(const Timeline& timeline, const Step& dump,
                                       const Step& load);

}  // namespace composelint
