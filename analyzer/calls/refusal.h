// What Docker's command line would refuse, and how to write it instead. Each function adds to
// `call.errors`; none reports where an unknown word leaves room for the line to be right.
#pragma once

#include <composelint/invocation.h>

#include <span>

#include "analyzer/calls/option_reader.h"
#include "analyzer/knowledge/compose_cli.h"

namespace composelint::calls {

// Unknown options, typographic dashes, an option that ends the line without its value. `verb` is
// null for the global options, which stand between the program and the verb.
void refuse_options(std::span<const Argument> argv, const OptionReading& reading,
                    std::span<const knowledge::OptionSpec> specs, const knowledge::VerbSpec* verb,
                    ComposeInvocation& call);
// Options, and no verb behind them.
void refuse_missing_verb(std::span<const Argument> argv, ComposeInvocation& call);
void refuse_unknown_verb(const Argument& word, ComposeInvocation& call);
// Too few operands (`exec app`), or too many.
void refuse_operands(const knowledge::VerbSpec& verb, ComposeInvocation& call);

}  // namespace composelint::calls
