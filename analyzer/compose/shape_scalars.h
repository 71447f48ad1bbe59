// Single values as the type of their attribute.
#pragma once

#include <composelint/result.h>

#include <string_view>

#include "analyzer/compose/shape.h"
#include "analyzer/compose/value.h"

namespace composelint::compose {

// A value of a scalar form. Null stays null. Fails with kInvalid on what does not fit.
[[nodiscard]] Result<Value> shape_scalar(const Value& value, Form form);
// A value of one of the forms that are lists or maps of scalars.
[[nodiscard]] Result<Value> shape_collection(const Value& value, Form form);

[[nodiscard]] bool is_scalar_form(Form form);

}  // namespace composelint::compose
