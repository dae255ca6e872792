#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <QString>

#include "core/framing/message.h"
#include "ui/clients/row_content.h"

namespace sscope {

/// How a payload is looked at.
enum class DetailForm { Json, Text, Hex, Http };

/// What is to be shown of a payload, as a value that goes to a worker thread.
struct DetailAsk {
    RowContent content;
    DetailForm form = DetailForm::Text;
    std::string said;   // the encoding that the message's header names
    std::string chosen; // the encoding that a person chose; empty for none
    int columns = 80;   // that a long text is wrapped to
    std::shared_ptr<std::atomic<bool>> isCancelled = std::make_shared<std::atomic<bool>>(false);
};

/// The head of a response, and how its body stands.
struct HttpHead {
    std::string statusLine;
    std::vector<HeaderField> fields;
    std::uint64_t headBytes = 0;
    QString body;  // "body, 1.2 MiB, chunked"
    QString fault; // what is wrong with the response
};

/// What came of it. A short text is for an edit, a long one in wrapped lines; hex is made as it is
/// looked at.
struct DetailText {
    bool isHex = false;
    QString text;                            // short
    std::shared_ptr<const std::string> utf8; // long
    std::vector<std::uint32_t> lineStarts;   // of it
    RowContent content;                      // what hex is of
    QString note;
    std::optional<HttpHead> http;
};

/// Blocks on the disk, and takes a while for many megabytes; any thread.
DetailText detailText(const DetailAsk& ask);
/// Whether that is quick and needs no disk.
bool isAtHand(const DetailAsk& ask);

} // namespace sscope
