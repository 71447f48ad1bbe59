// Services whose containers are there to do something and end.
#pragma once

#include <composelint/compose.h>
#include <composelint/service_task.h>

#include <string_view>

namespace composelint {

struct Dependant {
  const Service* service = nullptr;  // null: there is none
  const DependsOn* on = nullptr;
};

// The first service that depends on `name`, waiting for `condition` unless that is empty.
[[nodiscard]] Dependant dependant_of(std::string_view name, const Project& project,
                                     std::string_view condition = {});

// Some service waits for its end: it is an init container.
[[nodiscard]] Dependant waiting_for_the_end(const Service& service, const Project& project);

// Changes the data, and is told to by a person or at a deployment.
[[nodiscard]] bool changes_data(const ServiceTask& task);

// Anything that hints at it counts: for rules about services that stay up.
[[nodiscard]] bool may_be_one_shot(const Service& service, const Project& project);

// `up` with no names starts it.
[[nodiscard]] bool starts_with_up(const Service& service);

// A service that stays up and uses what tasks change.
[[nodiscard]] const Service* application_in(const Project& project);

// A task without a profile that nobody waits for: it runs at every `up`, beside the others.
[[nodiscard]] bool is_unattended_task(const Service& service, const Project& project);

}  // namespace composelint
