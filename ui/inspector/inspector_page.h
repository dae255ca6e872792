#pragma once

#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWidget>

#include "core/diagnostics/socket_meaning.h"
#include "ui/connections/connections_model.h"

namespace sscope {

class FigureGrid;
class InspectedSocket;
class MeaningView;
class SeriesPlots;
class SocketHeader;
class TcpStateWidget;

/// All that is shown of one socket, one section below the other.
class InspectorPage : public QWidget {
    Q_OBJECT

public:
    explicit InspectorPage(QWidget* parent = nullptr);

    /// There must be a row.
    void show(const InspectedSocket& socket);
    /// With all that the kernel tells, not only what is looked at first.
    void setFurther(bool isShown);
    [[nodiscard]] bool isFurther() const { return m_more->isChecked(); }
    /// So many pixels at the right are a scroll bar's.
    void setScrollBarWidth(int width);

Q_SIGNALS:
    void linkActivated(const RowLink& link);
    void otherEndAsked();
    void copyAsked();
    void furtherToggled(bool isShown);

private:
    QWidget* buildState();
    QWidget* buildMeaning();
    QWidget* buildMore();
    QWidget* addSection(QWidget* content, int top, int bottom, bool hasLine = true);
    void placeMeaning(quint64 cookie, const std::vector<Meaning>& meanings);
    void showState(const InspectedSocket& socket);
    void showFurther(const InspectedSocket& socket);

    QVBoxLayout* m_column;
    std::vector<QVBoxLayout*> m_sections;
    QLabel* m_gone;
    SocketHeader* m_header;
    QLabel* m_stateTitle = nullptr;
    QLabel* m_stay = nullptr;
    TcpStateWidget* m_diagram = nullptr;
    QWidget* m_legend = nullptr;
    SeriesPlots* m_plots;
    QWidget* m_plotSection = nullptr;
    FigureGrid* m_figures;
    MeaningView* m_meanings = nullptr;
    QWidget* m_meaningSection = nullptr;
    bool m_meaningIsFirst = false;
    quint64 m_shownCookie = 0;
    QToolButton* m_more = nullptr;
    QWidget* m_further = nullptr;
    SeriesPlots* m_furtherPlots = nullptr;
    FigureGrid* m_furtherFigures = nullptr;
};

} // namespace sscope
