#pragma once

#include <QWidget>

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

} // namespace sscope
