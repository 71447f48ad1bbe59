// Copies of data that is known not to be what a task works on.
#pragma once

#include <composelint/timeline.h>

namespace composelint::evidence {

// `tar czf deploy.tgz compose.prod.yml src/`, `exec app tar czf /backups/uploads.tgz /app/uploads`,
// `docker run -v uploads:/data … tar …` before the migration `task`: the databases of its stack
// keep their files elsewhere. Nothing is said of stacks whose mounts are not all known.
[[nodiscard]] bool keeps_other_files(const Timeline& timeline, const Step& copy, const Step& task);

// `exec redis redis-cli save`, `exec reports-db pg_dump` before a migration of `db`.
[[nodiscard]] bool dumps_another_database(const Timeline& timeline, const Step& dump,
                                          const Step& task);

// `pg_dump -h old.example.com > old.sql` before `exec db pg_restore --clean < old.sql`: what comes
// in, and nothing of what is there.
[[nodiscard]] bool is_what_it_loads(const Timeline& timeline, const Step& dump, const Step& task);

// `run --rm app sh -c "pg_dump -h db > /tmp/app.sql"`: the file is gone with the container.
[[nodiscard]] bool goes_with_its_container(const Step& dump);

}  // namespace composelint::evidence
