#pragma once

#include <vector>

#include <QString>
#include <QWidget>

namespace sscope {

/// What a stretch of a stream is, in a small table.
struct StreamTipText {
    struct Row {
        QString name;
        QString range;
        QString size;
        QString time;
    };
    QString title;
    std::vector<Row> rows{};
    QString note{}; // below them

    [[nodiscard]] bool isEmpty() const { return title.isEmpty(); }
    /// As a line for those who cannot see it.
    [[nodiscard]] QString plain() const;
};

/// The tooltip of the stream strip: unlike Qt's it has columns, and stays while the keyboard is
/// where it points. The window owns it.
class StreamTip : public QWidget {
    Q_OBJECT

public:
    explicit StreamTip(QWidget* window);
    /// Beside a place of the window, and within it.
    void showAt(const QPoint& place, const StreamTipText& text);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void measure();

    StreamTipText m_text;
    int m_nameWidth = 0;
    int m_rangeWidth = 0;
    int m_sizeWidth = 0;
};

} // namespace sscope
