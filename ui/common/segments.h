#pragma once

#include <QButtonGroup>
#include <QToolButton>
#include <QWidget>

namespace sscope {

/// Buttons in one border, of which one is down.
class Segments : public QWidget {
    Q_OBJECT

public:
    explicit Segments(const QString& accessibleName, QWidget* parent = nullptr);

    /// The first one is down until another is chosen.
    void add(int id, const QString& text, const QString& tip, const QString& objectName);
    void setText(int id, const QString& text);
    void setShown(int id, bool isShown);
    /// Less room beside the words, where they would else leave none to others.
    void setTight(bool isTight);
    void setCurrent(int id);
    [[nodiscard]] int current() const { return m_group.checkedId(); }

Q_SIGNALS:
    void currentChanged(int id);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void fitWidth(QToolButton* button) const;

    bool m_isTight = false;
    QButtonGroup m_group;
};

} // namespace sscope
