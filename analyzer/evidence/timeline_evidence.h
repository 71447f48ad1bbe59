// The witness that `check` has: the script itself. A step proves a claim for a later one when it
// ran on every way there, on the same stack, and its failure was not thrown away.
#pragma once

#include <composelint/evidence.h>
#include <composelint/timeline.h>

#include <map>
#include <vector>

namespace composelint::evidence {

// Keeps a reference: the timeline must outlive the witness. Questions are about its own steps.
class TimelineEvidence final : public EvidenceSource {
 public:
  explicit TimelineEvidence(const Timeline& timeline) : timeline_(timeline) {}
  [[nodiscard]] Evidence answer(const Question& question) const override;

 private:
  [[nodiscard]] Evidence before(Claim claim, std::size_t about) const;
  [[nodiscard]] Evidence after(Claim claim, std::size_t about) const;
  [[nodiscard]] bool covers_every_way(const std::vector<std::size_t>& proofs,
                                      std::size_t about) const;

  // Indices of the steps that have something to do with a claim: few, of many.
  [[nodiscard]] const std::vector<std::size_t>& concerned(Claim claim) const;

  const Timeline& timeline_;
  mutable std::map<Claim, std::vector<std::size_t>> concerned_;
};

}  // namespace composelint::evidence
