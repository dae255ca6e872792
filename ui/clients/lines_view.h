#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <QAbstractScrollArea>

#include "core/base/display_text.h"
#include "ui/clients/row_content.h"

namespace sscope {

/// Lines that are made as they are looked at. On the GUI thread.
class LineSource : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    [[nodiscard]] virtual std::uint64_t count() const = 0;
    /// None where it is not there yet; changed() tells when it is.
    [[nodiscard]] virtual std::optional<DisplayText> line(std::uint64_t number) = 0;

Q_SIGNALS:
    void changed();
};

/// A text in memory, wrapped to lines that fit.
class TextLines : public LineSource {
public:
    TextLines(std::shared_ptr<const std::string> utf8, std::vector<std::uint32_t> starts,
              QObject* parent = nullptr)
        : LineSource(parent), m_text(std::move(utf8)), m_starts(std::move(starts)) {}

    [[nodiscard]] std::uint64_t count() const override { return m_starts.size(); }
    [[nodiscard]] std::optional<DisplayText> line(std::uint64_t number) override;

private:
    const std::shared_ptr<const std::string> m_text;
    const std::vector<std::uint32_t> m_starts;
};

/// Sixteen bytes a line, fetched in pages from where they are, whatever their number.
class HexLines : public LineSource {
public:
    HexLines(RowContent content, std::uint64_t bytes, QObject* parent = nullptr)
        : LineSource(parent), m_content(std::move(content)), m_bytes(bytes) {}

    [[nodiscard]] std::uint64_t count() const override;
    [[nodiscard]] std::optional<DisplayText> line(std::uint64_t number) override;

private:
    void fetch(std::uint64_t page);

    const RowContent m_content;
    const std::uint64_t m_bytes;
    std::unordered_map<std::uint64_t, std::optional<std::string>> m_pages; // none: on their way
};

/// Lines in a fixed-pitch font, of which only those in sight exist: for what is too long for a text
/// edit. Whole lines are selected, and copied, by mouse or keyboard.
class LinesView : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit LinesView(QWidget* parent = nullptr);

    /// Takes the source; null for none. Stays where it is, as far as there are lines.
    void setSource(std::unique_ptr<LineSource> source);
    [[nodiscard]] LineSource* source() const { return m_source.get(); }
    /// Characters that fit beside each other.
    [[nodiscard]] int columns() const;

Q_SIGNALS:
    void columnsChanged();
    /// More lines were to be copied than a clipboard is for; so many were.
    void copyCutShort(int lines);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void fitScrollBar();
    void copy();
    void selectAll();
    [[nodiscard]] int lineHeight() const;
    [[nodiscard]] int visibleLines() const;
    [[nodiscard]] int lineCount() const;
    [[nodiscard]] int lineAt(int y) const;

    std::unique_ptr<LineSource> m_source;
    int m_anchor = -1;
    int m_cursor = -1;
};

} // namespace sscope
