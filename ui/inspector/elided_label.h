#pragma once

#include <QWidget>

#include "ui/common/theme.h"

namespace sscope {

/// One line of plain text that is elided where it does not fit; the whole of it is its tooltip
/// then.
class ElidedLabel : public QWidget {
    Q_OBJECT

public:
    explicit ElidedLabel(Qt::TextElideMode mode, QWidget* parent = nullptr);

    void setText(const QString& text);
    void setToken(ColorToken token);
    /// Beside the text itself; plain.
    void setTip(const QString& tip);
    [[nodiscard]] const QString& text() const { return m_text; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    const Qt::TextElideMode m_mode;
    QString m_text;
    QString m_tip;
    ColorToken m_token = ColorToken::Text;
};

} // namespace sscope
