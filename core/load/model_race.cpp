#include "core/load/model_race.h"

namespace sscope {

Duration RaceEntry::cpuEach() const {
    return load.requests == 0 ? Duration{}
                              : underLoad.cpu / static_cast<Duration::rep>(load.requests);
}

double RaceEntry::cores() const {
    const double elapsed = std::chrono::duration<double>(load.elapsed).count();
    return elapsed > 0 ? std::chrono::duration<double>(underLoad.cpu).count() / elapsed : 0;
}

} // namespace sscope
