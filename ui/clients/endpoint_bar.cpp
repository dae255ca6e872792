#include "ui/clients/endpoint_bar.h"

#include <array>

#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "ui/clients/conversation_icons.h"
#include "ui/clients/state_pill.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/framing_field.h"
#include "ui/common/icons.h"
#include "ui/common/remark_combo_box.h"
#include "ui/common/small_widgets.h"

namespace sscope {

namespace {

constexpr int barHeight = 40;
constexpr int twoRowsHeight = 72;
constexpr int wideWidth = 860; // all of its parts, and the word before the framing
constexpr int margin = 12;
constexpr int gap = 8;
constexpr int leastAddress = 150; // "127.0.0.1:65432"
constexpr int widestAddress = 240;
constexpr int leastEnds = 620; // both ends of an accepted connection
constexpr int iconSize = 28;
constexpr int narrowIcon = 24;
constexpr int leastWidth = 360; // of two rows
constexpr std::array transports{Transport::Tcp, Transport::Udp, Transport::Unix,
                                Transport::Unixgram};

QString nameOf(Transport transport) {
    const std::string_view name = transportName(transport);
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

} // namespace

EndpointBar::EndpointBar(bool isEditable, QWidget* parent)
    : QWidget(parent),
      m_isEditable(isEditable),
      m_upper(new QHBoxLayout),
      m_lower(new QHBoxLayout),
      m_pill(new StatePill(this)) {
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(margin, 0, margin, 0);
    rows->setSpacing(0);
    rows->setSizeConstraint(QLayout::SetNoConstraint); // the bar's height goes by its width
    for (QHBoxLayout* row : {m_upper, m_lower}) {
        row->setSpacing(gap);
        rows->addLayout(row);
    }
    setFixedHeight(barHeight);
    if (isEditable) {
        buildEditable();
        buildFraming();
    } else {
        buildEnds();
    }
    buildButtons();
    buildIcons();
    arrange(Shape::Wide);
}

void EndpointBar::buildEditable() {
    m_transport = new QComboBox(this);
    m_transport->setObjectName(QStringLiteral("transport"));
    m_transport->setAccessibleName(tr("Transport"));
    m_transport->setToolTip(tr("Transport"));
    for (const Transport transport : transports)
        m_transport->addItem(nameOf(transport));
    m_transport->setMinimumWidth( // the longest, its margins and the arrow
        m_transport->fontMetrics().horizontalAdvance(nameOf(Transport::Unixgram)) + 40);
    m_address = new QComboBox(this);
    m_address->setObjectName(QStringLiteral("endpoint"));
    m_address->setAccessibleName(tr("Endpoint"));
    m_address->setToolTip(tipWithKey(tr("Where to connect: host:port, [IPv6]:port, or a path"),
                                     QKeySequence(Qt::CTRL | Qt::Key_L)));
    m_address->setEditable(true);
    m_address->setCompleter(nullptr); // Return would take a recent one for what is typed
    m_address->setInsertPolicy(QComboBox::NoInsert);
    m_address->setFont(monoFont());
    m_address->setMinimumContentsLength(12);
    m_address->setMinimumWidth(leastAddress);
    m_address->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_address->lineEdit()->setPlaceholderText(tr("host:port"));
    m_address->lineEdit()->setFont(monoFont());
    connect(m_address->lineEdit(), &QLineEdit::returnPressed, this, &EndpointBar::connectAsked);
    connect(m_address->lineEdit(), &QLineEdit::textEdited, this, [this] { setAtFault(false); });
    connect(m_address, &QComboBox::editTextChanged, this, &EndpointBar::endpointEdited);
    connect(m_transport, &QComboBox::currentIndexChanged, this, [this] {
        m_address->lineEdit()->setPlaceholderText(isUnix(transport()) ? tr("/path or @name")
                                                                      : tr("host:port"));
        Q_EMIT endpointEdited();
    });
    connect(m_address, &QComboBox::activated, this, [this] {
        // A recent endpoint names its transport itself.
        if (const auto chosen = endpoint())
            setEndpoint(*chosen);
    });
}

void EndpointBar::buildFraming() {
    m_framing = new RemarkComboBox(this);
    m_framing->setObjectName(QStringLiteral("framing"));
    m_framing->setAccessibleName(tr("Framing"));
    m_framing->setToolTip(
        tr("How messages are told apart in the stream, from the next connect on"));
    m_framing->makeEditable();
    addFramings(*m_framing);
    m_framing->setCurrentIndex(0);
    m_framing->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(m_framing, &QComboBox::editTextChanged, this, [this] {
        setFramingAtFault(false);
        Q_EMIT framingEdited();
    });
    connect(m_framing->lineEdit(), &QLineEdit::returnPressed, this, &EndpointBar::connectAsked);
}

void EndpointBar::buildEnds() {
    m_ends = makeLabel({}, this);
    m_ends->setObjectName(QStringLiteral("connectionEnds"));
    m_ends->setFont(monoFont());
    m_ends->setWordWrap(false);
    m_ends->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_ends->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_framingName = makeNote({}, this);
    m_framingName->setObjectName(QStringLiteral("framingName"));
    m_framingName->setWordWrap(false);
}

void EndpointBar::buildButtons() {
    m_connect = new QPushButton(this);
    m_connect->setObjectName(QStringLiteral("connectButton"));
    connect(m_connect, &QPushButton::clicked, this, [this] {
        const bool isUp = m_state != LinkState::Idle && m_state != LinkState::Closed;
        if (isUp)
            Q_EMIT disconnectAsked();
        else
            Q_EMIT connectAsked();
    });
    auto* menu = new QMenu(this);
    m_halfClose = menu->addAction(lineIcon(QStringLiteral("half-close")),
                                  tr("Half-close: send no more, still receive"), this,
                                  &EndpointBar::halfCloseAsked);
    m_halfClose->setObjectName(QStringLiteral("halfCloseAction"));
    m_reset =
        menu->addAction(lineIcon(QStringLiteral("reset")), tr("Reset: end at once, with an RST"),
                        this, &EndpointBar::resetAsked);
    m_reset->setObjectName(QStringLiteral("resetAction"));
    m_more = makeIconButton(QStringLiteral("chevron-down"), tr("More ways to end the connection"),
                            QStringLiteral("disconnectMenu"), this);
    m_more->setProperty("chip", true);
    m_more->setFixedWidth(22);
    m_more->setIconSize({12, 12});
    m_more->setMenu(menu);
    m_more->setPopupMode(QToolButton::InstantPopup);
}

QToolButton* EndpointBar::addIcon(const QString& icon, const QString& tip,
                                  const QString& objectName) {
    QToolButton* button = makeIconButton(icon, tip, objectName, this);
    button->setFixedSize(iconSize, iconSize);
    return button;
}

void EndpointBar::buildIcons() {
    if (m_isEditable) {
        m_options = addIcon(QStringLiteral("sliders"), {}, QStringLiteral("optionsToggle"));
        m_options->setCheckable(true);
        connect(m_options, &QToolButton::toggled, this, &EndpointBar::optionsToggled);
        setChangedOptions(0);
    }
    m_stream = makeStreamIcon(this);
    connect(m_stream, &QToolButton::toggled, this, &EndpointBar::streamToggled);
    QToolButton* clear = addIcon(QStringLiteral("clear"), tr("Clear the conversation"),
                                 QStringLiteral("clearConversation"));
    connect(clear, &QToolButton::clicked, this, &EndpointBar::clearAsked);
    m_rare = {makeSaveIcon(this, [this](bool isSent) { Q_EMIT saveAsked(isSent); }), clear};
    if (m_isEditable) {
        buildCodeMenu();
        m_rare.prepend(m_code);
    }
    m_fold = addIcon(QStringLiteral("more"), tr("More"), QStringLiteral("moreActions"));
    auto* menu = new QMenu(m_fold);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        for (QToolButton* button : m_rare) {
            QAction* action = menu->addAction(button->icon(), button->toolTip());
            if (button->menu())
                action->setMenu(button->menu());
            else
                connect(action, &QAction::triggered, button, &QToolButton::click);
        }
    });
    m_fold->setMenu(menu);
    m_fold->setPopupMode(QToolButton::InstantPopup);
}

void EndpointBar::buildCodeMenu() {
    m_code = addIcon(QStringLiteral("code"), tr("Copy the session as code"),
                     QStringLiteral("copySession"));
    auto* menu = new QMenu(m_code);
    const auto add = [&](const QString& text, const QString& name, SessionForm form) {
        QAction* action = menu->addAction(text, this, [this, form] { Q_EMIT copyAsked(form); });
        action->setObjectName(name);
    };
    add(tr("Copy as Python script"), QStringLiteral("copyAsPython"), SessionForm::Python);
    add(tr("Copy as ncat or socat command"), QStringLiteral("copyAsPipe"), SessionForm::Pipe);
    add(tr("Copy as socketscope send line"), QStringLiteral("copyAsSend"), SessionForm::SendLine);
    m_code->setMenu(menu);
    m_code->setPopupMode(QToolButton::InstantPopup);
}

int EndpointBar::widthOf(const QList<QWidget*>& widgets) const {
    int width = 0;
    for (const QWidget* widget : widgets) {
        if (widget && !widget->isHidden())
            width += gap + qMax(widget->sizeHint().width(), widget->minimumWidth());
    }
    return width;
}

EndpointBar::Shape EndpointBar::shapeFor(int width) const {
    if (width >= wideWidth || !m_isEditable)
        return width >= leastEnds ? Shape::Wide : twoRowsFor(width);
    // The menu is counted in any case: whether it is shown must not decide where it stands.
    const int needed =
        2 * margin + leastAddress + gap + iconSize +
        widthOf({m_transport, m_framing, m_connect, m_more, m_pill, m_options, m_stream});
    return width >= needed ? Shape::Folded : twoRowsFor(width);
}

EndpointBar::Shape EndpointBar::twoRowsFor(int width) const {
    const int needed = 2 * margin + widthOf({m_connect, m_more, m_pill, m_options, m_stream}) +
                       static_cast<int>(m_rare.size()) * (gap + iconSize);
    return width >= needed ? Shape::TwoRows : Shape::TwoRowsFolded;
}

void EndpointBar::arrange(Shape shape) {
    if (std::exchange(m_shape, shape) == shape)
        return;
    const auto empty = [](QHBoxLayout* row) {
        while (QLayoutItem* item = row->takeAt(0))
            delete item;
    };
    empty(m_upper);
    empty(m_lower);
    const bool isInOne = shape == Shape::Wide || shape == Shape::Folded;
    const bool isFolded = shape == Shape::Folded || shape == Shape::TwoRowsFolded;
    QHBoxLayout* second = isInOne ? m_upper : m_lower;
    if (m_isEditable) {
        m_upper->addWidget(m_transport);
        m_upper->addWidget(m_address, 1);
        m_upper->addWidget(m_framing);
    } else {
        m_upper->addWidget(m_ends, 1);
        m_upper->addWidget(m_framingName);
    }
    second->addWidget(m_connect);
    second->addSpacing(2 - gap); // they are joined
    second->addWidget(m_more);
    if (shape != Shape::TwoRowsFolded)
        second->addSpacing(4);
    second->addWidget(m_pill);
    if (m_isEditable || !isInOne)
        second->addStretch(1);
    if (m_options)
        second->addWidget(m_options);
    second->addWidget(m_stream);
    for (QToolButton* button : m_rare) {
        second->addWidget(button);
        button->setVisible(!isFolded);
    }
    second->addWidget(m_fold);
    m_fold->setVisible(isFolded);
    m_fold->setFixedWidth(shape == Shape::TwoRowsFolded ? narrowIcon : iconSize);
    if (m_address)
        m_address->setMaximumWidth(isInOne ? widestAddress : QWIDGETSIZE_MAX);
    setRows(isInOne ? 1 : 2);
}

void EndpointBar::setRows(int rows) {
    static_cast<QVBoxLayout*>(layout())->setStretch(0, 1);
    static_cast<QVBoxLayout*>(layout())->setStretch(1, rows - 1);
    // Not while the layout around this gives it its place: it would not hear of the new height.
    QMetaObject::invokeMethod(
        this,
        [this] {
            const bool isLow = m_shape == Shape::Wide || m_shape == Shape::Folded;
            setFixedHeight(isLow ? barHeight : twoRowsHeight);
        },
        Qt::QueuedConnection);
}

QSize EndpointBar::minimumSizeHint() const {
    return {leastWidth, barHeight};
}

Transport EndpointBar::transport() const {
    return transports[static_cast<std::size_t>(qMax(0, m_transport->currentIndex()))];
}

void EndpointBar::setEndpoint(const Endpoint& endpoint) {
    m_transport->setCurrentText(nameOf(endpoint.transport));
    const QString full = toQString(endpoint.text());
    const QString prefix =
        nameOf(endpoint.transport) +
        (isUnix(endpoint.transport) ? QStringLiteral(":") : QStringLiteral("://"));
    m_address->setEditText(full.mid(prefix.size()));
}

void EndpointBar::setEnds(const QString& text) {
    m_ends->setText(text);
    m_ends->setToolTip(plainTip(text));
}

void EndpointBar::setFramingName(const Framing& framing) {
    m_framingName->setText(tr("Framing %1").arg(toQString(framing.text())));
}

void EndpointBar::setFraming(const Framing& framing) {
    const QSignalBlocker blocker(m_framing);
    m_framing->showText(toQString(framing.text()));
}

QString EndpointBar::framingText() const {
    return m_framing->currentText().trimmed();
}

std::optional<Framing> EndpointBar::framing() const {
    return Framing::parse(framingText().toStdString());
}

void EndpointBar::setFramingAtFault(bool isAtFault) {
    m_framing->setProperty("atFault", isAtFault);
    m_framing->update();
}

void EndpointBar::setStreamShown(bool isShown) {
    const QSignalBlocker blocker(m_stream);
    m_stream->setChecked(isShown);
}

void EndpointBar::setStreamOffered(bool isOffered) {
    m_stream->setVisible(isOffered);
}

void EndpointBar::setOptionsShown(bool isShown) {
    const QSignalBlocker blocker(m_options);
    m_options->setChecked(isShown);
}

void EndpointBar::setChangedOptions(int count) {
    const QString words = count > 0 ? tr("Options of the connection, %n changed", nullptr, count)
                                    : tr("Options of the connection");
    m_options->setToolTip(tipWithKey(words, optionsKey()));
    m_options->setAccessibleName(words);
}

void EndpointBar::setRecentEndpoints(const QStringList& recent) {
    const QString text = m_address->currentText();
    m_address->clear();
    m_address->addItems(recent);
    m_address->setEditText(text);
}

Result<Endpoint> EndpointBar::endpoint() const {
    QString text = m_address->currentText().trimmed();
    const bool namesUnix =
        text.startsWith(QStringLiteral("unix:")) || text.startsWith(QStringLiteral("unixgram:"));
    if (isUnix(transport()) && !namesUnix && !text.contains(QStringLiteral("://")))
        text = nameOf(transport()) + QLatin1Char(':') + text;
    return parseEndpoint(text.toStdString(),
                         {.transport = isUnix(transport()) ? Transport::Tcp : transport()});
}

void EndpointBar::setAtFault(bool isAtFault) {
    m_address->setProperty("atFault", isAtFault);
    m_address->update();
}

void EndpointBar::setState(LinkState state, bool isDatagram, const QString& kernelWord) {
    m_state = state;
    const bool isUp = state == LinkState::Open || state == LinkState::HalfClosed;
    const bool isConnecting = state == LinkState::Connecting;
    const bool isWaiting = state == LinkState::Waiting;
    m_connect->setText(isUp                        ? tr("Disconnect")
                       : isConnecting || isWaiting ? tr("Cancel")
                                                   : tr("Connect"));
    m_connect->setToolTip(isUp           ? tr("End the connection (FIN)")
                          : isConnecting ? tr("Give up the attempt")
                          : isWaiting    ? tr("Do not try again")
                                         : QString());
    m_connect->setVisible(m_isEditable || (isUp && !isDatagram));
    m_more->setVisible(isUp && !isDatagram);
    m_halfClose->setEnabled(state == LinkState::Open);
    QString word = kernelWord;
    if (word.isEmpty()) {
        switch (state) {
        case LinkState::Idle:
            word = tr("not connected");
            break;
        case LinkState::Connecting:
            word = tr("connecting");
            break;
        case LinkState::Open:
            word = isDatagram ? tr("open") : QStringLiteral("ESTABLISHED");
            break;
        case LinkState::HalfClosed:
            word = tr("half-closed");
            break;
        case LinkState::Closed:
            word = tr("closed");
            break;
        case LinkState::Waiting:
            word = tr("waiting");
            break;
        }
    }
    m_pill->setState(state, word);
}

void EndpointBar::focusEndpoint() {
    if (!m_isEditable)
        return;
    m_address->setFocus();
    m_address->lineEdit()->selectAll();
}

/// Where it is narrow, the field says without a word what it is.
void EndpointBar::fitFraming(bool isNarrow) {
    const QString lead = isNarrow ? QString() : tr("Framing");
    m_framing->setLead(lead);
    const int leadWidth = isNarrow ? 0 : fontMetrics().horizontalAdvance(lead) + 6;
    const QString longest = QStringLiteral("length:u32be");
    m_framing->setFixedWidth(leadWidth + fontMetrics().horizontalAdvance(longest) + 36);
}

void EndpointBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (m_framing)
        fitFraming(width() < wideWidth);
    arrange(shapeFor(width()));
}

bool EndpointBar::event(QEvent* event) {
    // A longer word in it may need the second row.
    if (event->type() == QEvent::LayoutRequest)
        arrange(shapeFor(width()));
    return QWidget::event(event);
}

void EndpointBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ColorToken::Surface));
    painter.fillRect(QRect(0, height() - 1, width(), 1), themeColor(ColorToken::Hairline));
}

} // namespace sscope
