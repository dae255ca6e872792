#pragma once

#include <functional>

#include <QHBoxLayout>
#include <QLabel>
#include <QPointer>
#include <QWidget>

namespace sscope {

/// What is wrong with a field and what can be done about it; stands below the field.
class FieldFault : public QWidget {
    Q_OBJECT

public:
    explicit FieldFault(QWidget* parent = nullptr);

    /// Marks the field, gives it the keyboard, and says why.
    void show(QWidget* field, const QString& text);
    /// Takes the mark and the words away.
    void clear();
    void addLink(const QString& text, const std::function<void()>& action);

private:
    QPointer<QWidget> m_field;
    QLabel* m_icon;
    QLabel* m_text;
    QHBoxLayout* m_links;
};

} // namespace sscope
