// The same service in a file for production, under its own name or one with `prod` in it.
#pragma once

#include <composelint/compose.h>

#include <span>

namespace composelint {

// `db` of the other stack, or else `db-prod`, `prod_db`; null: none.
[[nodiscard]] const Service* twin_in(const Project& other, const Service& service);

// `compose-prod.yaml` beside the one file of the project runs the service as `db-prod`.
[[nodiscard]] bool has_a_production_twin(const Service& service, const Project& project,
                                         std::span<const Project* const> projects);

}  // namespace composelint
