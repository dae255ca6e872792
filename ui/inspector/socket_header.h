#pragma once

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QWidget>

#include "ui/connections/connections_model.h"

namespace sscope {

class ElidedLabel;
class InspectedSocket;

/// One end: who holds it, and where it belongs to in this window.
class EndRow : public QWidget {
    Q_OBJECT

public:
    EndRow(const QString& label, const QString& objectName, QWidget* parent);

    /// row: null where the end is not in the table; missing says then why.
    void show(const SocketRow* row, bool isOurs, const RowLink& link,
              const QString& missing = QString());

Q_SIGNALS:
    void linkActivated(const RowLink& link);

private:
    QLabel* m_label;
    ElidedLabel* m_process;
    ElidedLabel* m_descriptor;
    QPushButton* m_link;
    RowLink m_target;
};

/// Both ends of the inspected socket: addresses, owners, links.
class SocketHeader : public QWidget {
    Q_OBJECT

public:
    explicit SocketHeader(QWidget* parent = nullptr);

    void show(const InspectedSocket& socket);

Q_SIGNALS:
    void linkActivated(const RowLink& link);
    void otherEndAsked();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* buildEnds();
    void arrange();

    QGridLayout* m_ends = nullptr;
    ElidedLabel* m_local;
    ElidedLabel* m_remote;
    QToolButton* m_swap;
    EndRow* m_thisEnd;
    EndRow* m_otherEnd;
};

/// "127.0.0.1:80", a path, or what stands for a socket without a name. Safe to show.
QString localEndText(const SocketRow& row);
/// Empty where there is no other end; its row may be null.
QString remoteEndText(const SocketRow& row, const SocketRow* other);

} // namespace sscope
