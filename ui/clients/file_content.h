#pragma once

#include <functional>
#include <memory>
#include <vector>

#include <QObject>
#include <QString>

#include "core/base/result.h"

namespace sscope {

using FileBytes = std::shared_ptr<const std::vector<std::byte>>;

/// The most that a message takes from a file.
constexpr std::size_t mostFileBytes = 16 << 20;

/// Reads a file on a thread of its own and hands it over on receiver's, as long as that lives. One
/// that is too long fails with Fault::MessageTooLong, a pipe or device with Fault::BadValue.
void readFileContent(const QString& path, QObject* receiver,
                     const std::function<void(Result<FileBytes>)>& done);

} // namespace sscope
