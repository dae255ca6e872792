#pragma once

#include <QWidget>

#include "ui/load/race_findings.h"

namespace sscope {

/// Findings one below the other: plain text, the names in bold, a sign before a caution. As high as
/// its width asks for.
class FindingsView : public QWidget {
    Q_OBJECT

public:
    explicit FindingsView(QWidget* parent = nullptr);

    void setFindings(std::vector<Finding> findings);
    /// What stands there while there is none.
    void setEmptyText(const QString& text);
    [[nodiscard]] const std::vector<Finding>& findings() const { return m_findings; }
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int layOut(QPainter* painter, int width) const;
    int layOut(QPainter* painter, const Finding& finding, int top, int width) const;
    void describe();

    std::vector<Finding> m_findings;
    QString m_emptyText;
};

} // namespace sscope
