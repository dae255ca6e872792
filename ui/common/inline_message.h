#pragma once

#include <functional>

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>

namespace sscope {

/// A sentence beside what it is about: a failure, a question, or a remark, with buttons. Takes no
/// room while it is hidden.
class InlineMessage : public QFrame {
    Q_OBJECT

public:
    enum class Kind { Remark, Caution, Problem };

    explicit InlineMessage(QWidget* parent = nullptr);

    void show(Kind kind, const QString& text);
    /// A button at the end of the row; those of an earlier message are removed first.
    void addAction(const QString& text, bool isPrimary, const std::function<void()>& action);
    void clearActions();
    [[nodiscard]] QString text() const { return m_text->text(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Kind m_kind = Kind::Remark;
    QHBoxLayout* m_row;
    QLabel* m_text;
    QList<QWidget*> m_actions;
};

} // namespace sscope
