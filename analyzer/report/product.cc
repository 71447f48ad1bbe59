#include "analyzer/report/product.h"

namespace composelint::report {

std::string_view version() {
  return COMPOSELINT_VERSION;
}

std::string_view home_page() {
  return COMPOSELINT_HOME_PAGE;
}

}  // namespace composelint::report
