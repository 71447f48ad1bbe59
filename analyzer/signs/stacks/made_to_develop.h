// Services that are set or made for a developer's machine.
#pragma once

#include <composelint/compose.h>

namespace composelint {

[[nodiscard]] bool catches_mail(const Service& service);

// WP_DEBUG is on: whoever visits it reads its errors, and so nobody does but who works on it.
[[nodiscard]] bool shows_its_errors(const Service& service);

// The service says what it is for: its settings, env files or Dockerfile are a developer's.
[[nodiscard]] bool is_set_to_develop(const Service& service);

// NODE_ENV=production, DJANGO_SETTINGS_MODULE=shop.settings.production.
[[nodiscard]] bool is_set_to_produce(const Service& service);

// `target: development`: a stage of its Dockerfile that is there for nothing else.
[[nodiscard]] bool is_built_to_develop(const Service& service);

// A setting names the folder of somebody on a Mac or on Windows: what comes back after a reboot
// does so on that person's machine.
[[nodiscard]] bool is_of_a_persons_machine(const Service& service);

// Laravel Sail, a cloud on a laptop, a debugger, a stage of the Dockerfile for it: nothing else has
// those.
[[nodiscard]] bool is_made_to_develop(const Service& service);

// Nothing but `--profile dev`, `--profile local` starts it.
[[nodiscard]] bool is_of_developers_profiles(const Service& service);

// The system under test, or an image that has just been built to be tested.
[[nodiscard]] bool is_made_for_tests(const Service& service);

}  // namespace composelint
