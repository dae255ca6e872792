#pragma once

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QWidget>

#include "core/client/connection_crowd.h"

namespace sscope {

class RemarkComboBox;

/// What a crowd is to do: endpoint, framing, how many connections, what each sends; and the button
/// that starts it.
class CrowdForm : public QWidget {
    Q_OBJECT

public:
    enum class State { Ready, Running, Cancelling };

    explicit CrowdForm(QWidget* parent = nullptr);

    void setEndpoint(const Endpoint& endpoint);
    void setMessages(const QStringList& messages);
    void setCounts(std::uint32_t connections, std::uint64_t repeat);
    /// Puts what the fields say into a config. Otherwise marks the field that is at fault and gives
    /// the sentence that says so.
    QString read(CrowdConfig& config);
    /// The same without a mark: whether all fields can be read.
    [[nodiscard]] bool readable(CrowdConfig& config) const;
    void setState(State state);
    /// At the end of the first row.
    void addButton(QWidget* button);
    void focusFirst();

Q_SIGNALS:
    void startAsked();
    void cancelAsked();
    void edited();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Problem {
        QWidget* field = nullptr;
        QString sentence;
    };

    void buildEndpointRow(QBoxLayout* row);
    void buildCountsRow(QBoxLayout* row);
    QLineEdit* addField(QBoxLayout* row, const QString& label, const QString& tip,
                        const QString& objectName, const QString& value, int width);
    void buildMessages();
    [[nodiscard]] Problem parse(CrowdConfig& config) const;
    [[nodiscard]] Problem parseCounts(CrowdConfig& config) const;
    [[nodiscard]] Problem parseMessages(CrowdConfig& config) const;
    void clearMarks();

    State m_state = State::Ready;
    QBoxLayout* m_first = nullptr;
    QLineEdit* m_endpoint;
    RemarkComboBox* m_framing;
    QPushButton* m_go;
    QLineEdit* m_connections = nullptr;
    QLineEdit* m_repeat = nullptr;
    QLineEdit* m_timeout = nullptr;
    QCheckBox* m_together;
    QComboBox* m_form; // of the messages: lines, or a JSON list
    QComboBox* m_ending;
    QPlainTextEdit* m_messages;
};

} // namespace sscope
