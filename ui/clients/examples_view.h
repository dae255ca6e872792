#pragma once

#include <vector>

#include <QListView>
#include <QStandardItemModel>

#include "ui/common/examples.h"

namespace sscope {

/// A list of examples of which a click, or Enter, starts one. As high as its rows.
class ExamplesView : public QListView {
    Q_OBJECT

public:
    explicit ExamplesView(QWidget* parent = nullptr);

    /// Shows the first six.
    void setExamples(const std::vector<Example>& examples);

Q_SIGNALS:
    void startAsked(int index);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    QStandardItemModel m_model;
};

} // namespace sscope
