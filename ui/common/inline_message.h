#pragma once

#include <functional>

#include <QFrame>
#include <QGridLayout>
#include <QLabel>
#include <QPointer>
#include <QPushButton>

namespace sscope {

/// A sentence beside what it is about: a failure, a question, or a remark, with buttons; or, under
/// a title with links, as much as an explanation needs. Takes no room while it is hidden.
class InlineMessage : public QFrame {
    Q_OBJECT

public:
    enum class Kind { Remark, Caution, Problem };

    explicit InlineMessage(QWidget* parent = nullptr);

    void show(Kind kind, const QString& text, const QString& title = {});
    /// The same message in other words; its actions stay.
    void setText(const QString& text);
    /// A button at the end of the row; those of an earlier message are removed first.
    void addAction(const QString& text, bool isPrimary, const std::function<void()>& action);
    /// The same as a link, which fits beside a title.
    void addLink(const QString& text, const QString& objectName,
                 const std::function<void()>& action);
    void clearActions();
    /// Gives the keyboard to the first action; Escape then takes the last, and gives the keyboard
    /// back to whoever had it.
    void takeKeyboard();
    [[nodiscard]] QString text() const { return m_text->text(); }

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void setWords(const QString& text);
    void add(QPushButton* button, const std::function<void()>& action);

    Kind m_kind = Kind::Remark;
    QGridLayout* m_grid;
    QHBoxLayout* m_row; // of the actions
    QLabel* m_title;
    QLabel* m_text;
    QList<QPushButton*> m_actions;
    QPointer<QWidget> m_focusBefore;
};

} // namespace sscope
