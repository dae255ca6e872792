#pragma once

#include <utility>
#include <vector>

#include <QString>

#include "core/load/model_race.h"

namespace sscope {

/// A sentence or two that the figures of a race support.
struct Finding {
    QString text;
    std::vector<std::pair<int, int>> names{}; // where the models are named: begin, length
    bool isCaution = false;
};

/// What a race shows: who answers most and why, who waits longest, what it costs, and what must not
/// be compared. Only of what is done; says nothing where the figures say nothing.
std::vector<Finding> raceFindings(const RaceResult& result);

} // namespace sscope
