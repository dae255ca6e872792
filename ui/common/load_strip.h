#pragma once

#include <QToolButton>
#include <QWidget>

namespace sscope {

/// Under the bar of a load: how far it is, and the command line that does the same, to be copied.
class LoadStrip : public QWidget {
    Q_OBJECT

public:
    enum class Sign { None, Running, Done, Cancelled, Failed };

    explicit LoadStrip(QWidget* parent = nullptr);

    void setProgress(Sign sign, const QString& text);
    void setCommand(const QString& command);
    [[nodiscard]] QString progress() const { return m_progress; }
    [[nodiscard]] QString command() const { return m_command; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    void copy();
    [[nodiscard]] QRect commandRect() const;

    Sign m_sign = Sign::None;
    QString m_progress;
    QString m_command;
    QToolButton* m_copy;
};

} // namespace sscope
