#pragma once

#include <QListView>

namespace sscope {

class ServerLoopsModel;

/// What the loops of the selected server wait for and get, as tutorials print it.
class ServerLoopsView : public QListView {
    Q_OBJECT

public:
    explicit ServerLoopsView(QWidget* parent = nullptr);

    /// Null for none.
    void setLoops(ServerLoopsModel* loops);
    /// What stands there while there are no loops.
    void setEmptyText(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_emptyText;
};

} // namespace sscope
