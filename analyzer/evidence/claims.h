// Which step proves which claim.
#pragma once

#include <composelint/evidence.h>
#include <composelint/timeline.h>

namespace composelint::evidence {

// What a step says about a claim, whatever its place in the script.
enum class Proof {
  kNone,   // it has nothing to do with it
  kMaybe,  // it may prove it: a script that is not followed, a question put to the operator
  kProof,
};

// `timeline` holds the step.
[[nodiscard]] Proof proof_of(Claim claim, const Step& step, const Timeline& timeline);
// Why a step that would prove the claim does not: its failure goes unnoticed, its output is thrown
// away. Empty: nothing speaks against it.
[[nodiscard]] std::string spoiled(Claim claim, const Step& step, const Timeline& timeline);
// The step that undoes what the one at `proof` has shown, before the one at `about`; null: none
// does for sure. What a stop has stopped is started again.
[[nodiscard]] const Step* undone(Claim claim, const Timeline& timeline, std::size_t proof,
                                 std::size_t about);
// What is wrong with a step that only seems to prove the claim; empty: nothing, or it does not.
[[nodiscard]] std::string looks_past(Claim claim, const Step& step);
// "backup", "look at the stack": for messages.
[[nodiscard]] std::string_view noun(Claim claim);

}  // namespace composelint::evidence
