#include "analyzer/signs/data/database_set_up.h"

namespace composelint {

bool sets_a_database_up(const Step& step) {
  return step.effect == Effect::kMigrates && step.effect_name == "database set-up";
}

}  // namespace composelint
