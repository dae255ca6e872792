#include "core/diagnostics/filter_completion.h"

namespace sscope {

std::vector<FilterCompletion> completeFilter(std::string_view, std::size_t,
                                             const FilterVocabulary&) {
    return {};
}

} // namespace sscope
