#include "ui/inspector/inspector_page.h"

#include <algorithm>

#include <QHBoxLayout>

#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/icons.h"
#include "ui/common/small_widgets.h"
#include "ui/inspector/figure_grid.h"
#include "ui/inspector/inspected_socket.h"
#include "ui/inspector/meaning_view.h"
#include "ui/inspector/series_plots.h"
#include "ui/inspector/socket_header.h"
#include "ui/inspector/socket_plots.h"
#include "ui/inspector/socket_report.h"
#include "ui/inspector/tcp_state_widget.h"

namespace sscope {

namespace {

constexpr int margin = 12;
constexpr int buttonInset = 12; // from a button's edge to what is seen of its icon

QVBoxLayout* makeColumn(QWidget* widget, int spacing) {
    auto* column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing);
    return column;
}

} // namespace

InspectorPage::InspectorPage(QWidget* parent)
    : QWidget(parent),
      m_column(makeColumn(this, 0)),
      m_gone(makeNote({}, this)),
      m_header(new SocketHeader(this)),
      m_plots(new SeriesPlots(this)),
      m_figures(new FigureGrid(this)) {
    setObjectName(QStringLiteral("inspectorPage"));
    m_plots->setObjectName(QStringLiteral("socketPlots"));
    m_figures->setObjectName(QStringLiteral("socketFigures"));
    m_gone->setObjectName(QStringLiteral("goneNote"));
    addSection(m_gone, 0, 4, false);
    addSection(m_header, 0, 0, false);
    addSection(buildState(), 4, 7);
    m_plotSection = addSection(m_plots, 7, 5);
    addSection(m_figures, 6, 7);
    m_meaningSection = addSection(buildMeaning(), 6, 8);
    addSection(buildMore(), 4, 8);
    m_sections.back()->setContentsMargins(margin - buttonInset, 4, margin, 8);
    m_column->addStretch(1);
    connect(m_header, &SocketHeader::linkActivated, this, &InspectorPage::linkActivated);
    connect(m_header, &SocketHeader::otherEndAsked, this, &InspectorPage::otherEndAsked);
}

QWidget* InspectorPage::addSection(QWidget* content, int top, int bottom, bool hasLine) {
    auto* section = new QWidget(this);
    auto* column = makeColumn(section, 0);
    if (hasLine)
        column->addWidget(makeHairline(section));
    auto* inside = new QVBoxLayout;
    inside->setContentsMargins(margin, top, margin, bottom);
    inside->addWidget(content);
    column->addLayout(inside);
    m_sections.push_back(inside);
    m_column->addWidget(section);
    return section;
}

/// What is wrong is seen first, and stays there: nothing moves to and fro with each sample.
void InspectorPage::placeMeaning(quint64 cookie, const std::vector<Meaning>& meanings) {
    const bool isTrouble = std::ranges::any_of(
        meanings, [](const Meaning& meaning) { return meaning.weight == MeaningWeight::Trouble; });
    const bool isFirst = isTrouble || (cookie == m_shownCookie && m_meaningIsFirst);
    m_shownCookie = cookie;
    if (isFirst == m_meaningIsFirst)
        return;
    m_meaningIsFirst = isFirst;
    m_column->removeWidget(m_meaningSection);
    const int plots = m_column->indexOf(m_plotSection);
    m_column->insertWidget(isFirst ? plots : plots + 2, m_meaningSection);
}

void InspectorPage::setScrollBarWidth(int width) {
    for (QVBoxLayout* section : m_sections) {
        QMargins margins = section->contentsMargins();
        margins.setRight(std::max(0, margin - width));
        section->setContentsMargins(margins);
    }
}

QWidget* InspectorPage::buildState() {
    auto* state = new QWidget(this);
    m_stateTitle = makeTitle({}, state);
    m_stay = makeNote({}, state);
    m_stay->setObjectName(QStringLiteral("stateStay"));
    m_stay->setWordWrap(false);
    m_stay->setFont(secondaryFont());
    m_stay->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* title = new QHBoxLayout;
    title->setSpacing(8);
    title->addWidget(m_stateTitle);
    title->addStretch(1);
    title->addWidget(m_stay);
    m_stateTitle->setFixedHeight(20);
    m_diagram = new TcpStateWidget(state);
    m_legend = new TcpLegend(state);
    auto* column = makeColumn(state, 4);
    column->addLayout(title);
    column->addWidget(m_diagram);
    column->addWidget(m_legend);
    return state;
}

QWidget* InspectorPage::buildMeaning() {
    auto* section = new QWidget(this);
    m_meanings = new MeaningView(section);
    auto* column = makeColumn(section, 4);
    column->addWidget(makeTitle(tr("What this means"), section));
    column->addWidget(m_meanings);
    return section;
}

QWidget* InspectorPage::buildMore() {
    auto* section = new QWidget(this);
    m_more = new QToolButton(section);
    m_more->setObjectName(QStringLiteral("inspectorMore"));
    m_more->setText(tr("More"));
    m_more->setToolTip(tr("All that the kernel tells of this socket, and who holds it"));
    m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_more->setIcon(lineIcon(QStringLiteral("chevron-right")));
    m_more->setIconSize({14, 14});
    m_more->setAutoRaise(true);
    m_more->setCheckable(true);
    m_more->setFocusPolicy(Qt::TabFocus);
    QPushButton* copy = makeLink(tr("Copy all as text"), QStringLiteral("copyInspected"), section);
    copy->setToolTip(tipWithKey(copy->text(), QKeySequence(QKeySequence::Copy)));
    connect(copy, &QPushButton::clicked, this, &InspectorPage::copyAsked);
    connect(m_more, &QToolButton::toggled, this, &InspectorPage::setFurther);
    m_further = new QWidget(section);
    m_furtherPlots = new SeriesPlots(m_further);
    m_furtherPlots->setObjectName(QStringLiteral("furtherPlots"));
    m_furtherFigures = new FigureGrid(m_further);
    m_furtherFigures->setObjectName(QStringLiteral("furtherFigures"));
    auto* further = makeColumn(m_further, 8);
    further->setContentsMargins(buttonInset, 0, 0, 0);
    further->addWidget(m_furtherPlots);
    further->addWidget(m_furtherFigures);
    m_further->hide();
    auto* row = new QHBoxLayout;
    row->addWidget(m_more);
    row->addStretch(1);
    row->addWidget(copy);
    auto* column = makeColumn(section, 4);
    column->addLayout(row);
    column->addWidget(m_further);
    return section;
}

void InspectorPage::setFurther(bool isShown) {
    m_more->setChecked(isShown);
    m_more->setIcon(
        lineIcon(isShown ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right")));
    m_further->setVisible(isShown);
    Q_EMIT furtherToggled(isShown);
}

void InspectorPage::show(const InspectedSocket& socket) {
    const TimePoint now = SteadyClock::now();
    const SocketRow& row = *socket.row();
    m_gone->setVisible(socket.goneAt().has_value());
    m_gone->setText(tr("This socket is gone. What is shown is what was known of it."));
    m_header->show(socket);
    showState(socket);
    std::vector<SeriesPlot> plots = socketPlots(row, socket.series());
    m_plotSection->setVisible(!plots.empty());
    m_plots->setSeries(plotTimes(socket.series()), std::move(plots));
    m_figures->setFigures(socketFigures(row));
    const std::vector<Meaning> meanings = socket.meanings(now);
    m_meanings->setMeanings(meanings);
    placeMeaning(socket.cookie(), meanings);
    if (m_more->isChecked())
        showFurther(socket);
}

void InspectorPage::showState(const InspectedSocket& socket) {
    const bool isTcp = socket.row()->protocol == SocketProtocol::Tcp;
    m_stateTitle->setText(isTcp ? tr("TCP state") : tr("State"));
    m_stay->setText(stayText(socket, SteadyClock::now()));
    m_diagram->setVisible(isTcp);
    m_legend->setVisible(isTcp);
    m_diagram->setPath(socket.path());
}

void InspectorPage::showFurther(const InspectedSocket& socket) {
    std::vector<SeriesPlot> plots = furtherPlots(*socket.row(), socket.series());
    m_furtherPlots->setVisible(!plots.empty());
    m_furtherPlots->setSeries(plotTimes(socket.series()), std::move(plots));
    m_furtherFigures->setFigures(furtherFigures(*socket.row()));
}

} // namespace sscope
