#pragma once

namespace sscope {

/// Lets this process run the execution model `qt`; before any thread looks for models.
void registerQtModel();

} // namespace sscope
