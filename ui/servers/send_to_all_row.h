#pragma once

#include <vector>

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QWidget>

namespace sscope {

class RecentInputs;

/// A line that is sent to each client of a server, with the ending that the composer uses.
class SendToAllRow : public QWidget {
    Q_OBJECT

public:
    explicit SendToAllRow(RecentInputs& inputs, QWidget* parent = nullptr);

    void open();
    /// Empty where there is somebody to send to.
    void setReasonAgainst(const QString& reason);
    void showSent(int clients, bool arePeers, std::size_t bytes);

Q_SIGNALS:
    void sendAsked(const std::vector<std::byte>& content);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void send();
    void showEnding();

    RecentInputs& m_inputs;
    QLineEdit* m_text;
    QPushButton* m_send;
    QLabel* m_note;
};

} // namespace sscope
