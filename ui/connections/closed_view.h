#pragma once

#include <QTableView>

namespace sscope {

class ClosedModel;

/// The history of closed sockets.
class ClosedView : public QTableView {
    Q_OBJECT

public:
    explicit ClosedView(ClosedModel& model, QWidget* parent = nullptr);

    /// Why there is no history; empty where there is one.
    void setFailure(const QString& sentence);
    bool find(const QString& text, bool backwards);
    void copyRows() const;

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    ClosedModel& m_model;
    QString m_failure;
};

} // namespace sscope
