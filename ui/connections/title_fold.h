#pragma once

#include <vector>

#include <QObject>
#include <QWidget>

namespace sscope {

/// Hides widgets of a bar, the first ones first, while the bar is too narrow for all of them; what
/// they do is in a menu too. Owned by the bar.
class TitleFold : public QObject {
public:
    TitleFold(QWidget* bar, std::vector<QWidget*> foldable);

    [[nodiscard]] bool isFolded(const QWidget* widget) const { return widget->isHidden(); }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fit();

    QWidget* m_bar;
    std::vector<QWidget*> m_foldable;
    bool m_isFitting = false;
};

} // namespace sscope
