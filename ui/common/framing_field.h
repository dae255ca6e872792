#pragma once

#include <QString>

#include "core/framing/framings.h"

namespace sscope {

class RemarkComboBox;

/// In a few words what a framing does; empty for one that this window does not know.
QString framingRemark(const std::string& framing);
/// Adds all framings to a field; a person may type another size after "fixed:".
void addFramings(RemarkComboBox& field);

} // namespace sscope
