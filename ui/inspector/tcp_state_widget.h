#pragma once

#include <QWidget>

#include "ui/inspector/tcp_layout.h"
#include "ui/inspector/tcp_path.h"

namespace sscope {

/// The diagram of RFC 9293 with the path of both ends. Its accessible description is the path as
/// sentences; a box tells in a tooltip what it is to be in it.
class TcpStateWidget : public QWidget {
    Q_OBJECT

public:
    explicit TcpStateWidget(QWidget* parent = nullptr);

    void setPath(const TcpPath& path);
    [[nodiscard]] const TcpPath& path() const { return m_path; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    void paintEdge(QPainter& painter, const TcpLayout& layout, const TcpEdge& edge) const;
    void paintWord(QPainter& painter, const TcpLayout& layout, const TcpEdge& edge) const;
    void paintBox(QPainter& painter, const QRect& rect, TcpBox box) const;

    TcpPath m_path;
};

/// What the lines mean: "this end" and "other end".
class TcpLegend : public QWidget {
    Q_OBJECT

public:
    explicit TcpLegend(QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace sscope
