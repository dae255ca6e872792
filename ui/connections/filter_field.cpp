#include "ui/connections/filter_field.h"

#include <chrono>

#include <QHBoxLayout>
#include <QInputMethodEvent>
#include <QJsonArray>
#include <QKeyEvent>
#include <QMenu>
#include <QTextCharFormat>

#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/icons.h"
#include "ui/common/settings.h"
#include "ui/common/small_widgets.h"
#include "ui/common/theme.h"
#include "ui/connections/completion_popup.h"
#include "ui/connections/filter_words_text.h"

namespace sscope {

namespace {

using namespace std::chrono_literals;

const QString historyKey = QStringLiteral("filterHistory");
constexpr int mostRemembered = 30;
// "por" is a word that hardly a row has, on the way to "port:80": such a word counts once it rests.
constexpr auto keyDelay = 300ms;

/// Characters, as the fault counts them, to UTF-16 units.
qsizetype unitOf(const QString& text, std::size_t column) {
    qsizetype unit = 0;
    for (std::size_t i = 1; i < column && unit < text.size(); ++i)
        unit += text.at(unit).isHighSurrogate() ? 2 : 1;
    return unit;
}

} // namespace

FilterField::FilterField(Settings& settings, QWidget* parent)
    : QLineEdit(parent),
      m_settings(settings),
      m_popup(new CompletionPopup(this)),
      m_count(makeNote(QString(), this)),
      m_clear(makeIconButton(QStringLiteral("close"), tr("Clear the filter"),
                             QStringLiteral("clearFilter"), this)),
      m_showHistory(makeIconButton(QStringLiteral("chevron-down"), tr("Filters used before"),
                                   QStringLiteral("filterHistory"), this)) {
    setObjectName(QStringLiteral("connectionFilter"));
    setAccessibleName(tr("Filter"));
    setPlaceholderText(QStringLiteral("port:443  process:nginx"));
    setToolTip(tr("Words that a row shows, or keys such as port:80-443, process:/^ng/, not, or; "
                  "Ctrl+Space completes, Up and Down go through those used before"));
    setFont(monoFont());
    addAction(lineIcon(QStringLiteral("filter")), LeadingPosition);
    buildInside();
    for (const QJsonValue& value : m_settings.value(historyKey).toArray())
        m_history.append(value.toString());
    m_showHistory->setVisible(!m_history.isEmpty());
    m_keyTimer.setSingleShot(true);
    m_keyTimer.setInterval(keyDelay);
    connect(&m_keyTimer, &QTimer::timeout, this, &FilterField::apply);
    connect(this, &QLineEdit::textChanged, this, &FilterField::readText);
    connect(this, &QLineEdit::textEdited, this, [this] { // told of before textChanged
        m_walked = -1;
        complete();
    });
    connect(m_popup, &CompletionPopup::accepted, this, [this] { accept(true); });
    fitMargins();
}

void FilterField::buildInside() {
    m_count->setWordWrap(false);
    m_count->setFont(secondaryFont());
    m_clear->hide();
    auto* inside = new QHBoxLayout(this);
    inside->setContentsMargins(0, 0, 2, 0);
    inside->setSpacing(0);
    inside->addStretch(1);
    inside->addWidget(m_count);
    inside->addSpacing(4);
    for (QToolButton* button : {m_clear, m_showHistory}) {
        button->setFixedSize(20, 20);
        button->setFocusPolicy(Qt::NoFocus);
        button->setCursor(Qt::ArrowCursor);
        inside->addWidget(button);
    }
    connect(m_clear, &QToolButton::clicked, this, &QLineEdit::clear);
    connect(m_showHistory, &QToolButton::clicked, this, &FilterField::showHistory);
}

void FilterField::setCount(const QString& text) {
    m_count->setText(text);
    fitMargins();
}

void FilterField::fitMargins() {
    int right = m_count->sizeHint().width() + 10;
    right += m_clear->isHidden() ? 0 : m_clear->width();
    right += m_showHistory->isHidden() ? 0 : m_showHistory->width();
    setTextMargins(0, 0, right, 0);
}

void FilterField::readText() {
    m_clear->setVisible(!text().isEmpty());
    fitMargins();
    const auto parsed = SocketFilter::parse(text().toStdString());
    const QString fault = parsed ? QString() : filterFaultText(parsed.error());
    markFault(parsed ? 0 : parsed.error().column);
    if (std::exchange(m_fault, fault) != fault)
        Q_EMIT faultChanged(fault);
    m_keyTimer.stop();
    if (!parsed)
        return;
    m_next = *parsed;
    if (!text().isEmpty() && m_popup->offersKey())
        m_keyTimer.start();
    else
        apply();
}

void FilterField::apply() {
    m_keyTimer.stop();
    m_filter = m_next;
    Q_EMIT filterChanged();
}

void FilterField::applyWaiting() {
    if (m_keyTimer.isActive())
        apply();
}

/// Underlined from there on; column 0 takes the mark away.
void FilterField::markFault(std::size_t column) {
    QList<QInputMethodEvent::Attribute> marks;
    if (column > 0 && !text().isEmpty()) {
        const qsizetype from = qMin(unitOf(text(), column), text().size() - 1);
        QTextCharFormat format;
        format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        format.setUnderlineColor(themeColor(ColorToken::Danger));
        marks.append({QInputMethodEvent::TextFormat, static_cast<int>(from) - cursorPosition(),
                      static_cast<int>(text().size() - from), format});
    }
    QInputMethodEvent event(QString(), marks);
    QLineEdit::event(&event);
}

void FilterField::complete() {
    if (!m_vocabulary)
        return;
    const std::size_t cursor =
        static_cast<std::size_t>(text().left(cursorPosition()).toUtf8().size());
    m_popup->showFor(completeFilter(text().toStdString(), cursor, m_vocabulary()),
                     qBound(0, cursorRect().left(), width()));
}

void FilterField::accept(bool isFirst) {
    const FilterCompletion* chosen = m_popup->chosen(isFirst);
    if (!chosen)
        return;
    std::string whole = text().toStdString();
    whole.replace(chosen->begin, chosen->end - chosen->begin, chosen->text);
    const auto before = QString::fromUtf8(
        whole.data(), static_cast<qsizetype>(chosen->begin + chosen->text.size()));
    m_popup->hide();
    setText(toQString(whole));
    setCursorPosition(static_cast<int>(before.size()));
}

void FilterField::remember() {
    const QString used = text().trimmed();
    if (used.isEmpty() || !m_fault.isEmpty() || (!m_history.isEmpty() && m_history.front() == used))
        return;
    m_history.removeAll(used);
    m_history.prepend(used);
    if (m_history.size() > mostRemembered)
        m_history.removeLast();
    m_settings.setValue(historyKey, QJsonArray::fromStringList(m_history));
    m_showHistory->show();
    fitMargins();
}

void FilterField::showHistory() {
    QMenu menu(this);
    for (const QString& used : m_history)
        menu.addAction(menuText(toQString(displaySafe(used.toStdString()))), this,
                       [this, used] { setText(used); });
    menu.exec(mapToGlobal(QPoint(0, height())));
}

/// Backwards in time for positive steps; before the latest stands what was being typed.
void FilterField::walkHistory(int steps) {
    const qsizetype to = qBound(qsizetype{-1}, m_walked + steps, m_history.size() - 1);
    if (to == m_walked)
        return;
    if (m_walked < 0)
        m_typed = text();
    m_walked = to;
    setText(to < 0 ? m_typed : m_history.at(to));
}

bool FilterField::event(QEvent* event) {
    // Tab completes, while there is something to choose from.
    if (event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Tab && m_popup->chosen(true)) {
            accept(true);
            return true;
        }
    }
    return QLineEdit::event(event);
}

void FilterField::keyPressEvent(QKeyEvent* event) {
    const bool isList = m_popup->isVisible();
    const bool isUp = event->key() == Qt::Key_Up;
    if (isUp || event->key() == Qt::Key_Down) {
        if (isList)
            m_popup->move(isUp ? -1 : 1);
        else
            walkHistory(isUp ? 1 : -1);
    } else if (event->key() == Qt::Key_Escape && isList) {
        m_popup->hide();
    } else if (event->key() == Qt::Key_Space && event->modifiers() == Qt::ControlModifier) {
        complete();
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (m_popup->chosen(false)) {
            accept(false);
        } else {
            m_popup->hide();
            applyWaiting();
            remember();
        }
    } else {
        QLineEdit::keyPressEvent(event);
    }
}

void FilterField::focusOutEvent(QFocusEvent* event) {
    m_popup->hide();
    applyWaiting();
    remember();
    QLineEdit::focusOutEvent(event);
}

} // namespace sscope
