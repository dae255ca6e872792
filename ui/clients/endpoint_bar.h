#pragma once

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QWidget>

#include "core/net/endpoint.h"
#include "ui/clients/conversation.h"

namespace sscope {

/// A dot and a word for the state of a connection.
class StatePill : public QWidget {
    Q_OBJECT

public:
    explicit StatePill(QWidget* parent = nullptr);
    void setState(LinkState state, const QString& word);
    [[nodiscard]] QString word() const { return m_word; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    LinkState m_state = LinkState::Idle;
    QString m_word;
};

/// The row over a conversation: where it goes to, and what can be done to its connection.
class EndpointBar : public QWidget {
    Q_OBJECT

public:
    /// An editable bar is a client's; the other one shows both ends of an accepted connection.
    explicit EndpointBar(bool isEditable, QWidget* parent = nullptr);

    void setEndpoint(const Endpoint& endpoint);
    void setEnds(const QString& text);
    void setRecentEndpoints(const QStringList& recent);
    [[nodiscard]] Result<Endpoint> endpoint() const;
    void setAtFault(bool isAtFault);
    /// kernelWord is the state that the kernel gives, where it is known.
    void setState(LinkState state, bool isDatagram, const QString& kernelWord);
    void focusEndpoint();

Q_SIGNALS:
    void connectAsked();
    void disconnectAsked();
    void halfCloseAsked();
    void resetAsked();
    void clearAsked();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void buildEditable();
    void buildButtons();
    [[nodiscard]] Transport transport() const;

    const bool m_isEditable;
    QComboBox* m_transport = nullptr;
    QComboBox* m_address = nullptr;
    QLabel* m_ends = nullptr;
    QPushButton* m_connect = nullptr;
    QToolButton* m_more = nullptr;
    QAction* m_halfClose = nullptr;
    QAction* m_reset = nullptr;
    StatePill* m_pill;
    LinkState m_state = LinkState::Idle;
};

} // namespace sscope
