#pragma once

#include <vector>

#include "ui/servers/prompt_row.h"

namespace sscope {

class RecentInputs;

/// A line that is sent to each client of a server, with the ending that the composer uses.
class SendToAllRow : public PromptRow {
    Q_OBJECT

public:
    explicit SendToAllRow(RecentInputs& inputs, QWidget* parent = nullptr);

    void openToSend();
    void showSent(int clients, bool arePeers, std::size_t bytes);

Q_SIGNALS:
    void sendAsked(const std::vector<std::byte>& content);

private:
    void send(const QString& text);
    void showEnding();

    RecentInputs& m_inputs;
};

} // namespace sscope
