#include "ui/clients/conversation_filter.h"

#include <algorithm>
#include <utility>

#include <QElapsedTimer>

namespace sscope {

namespace {

constexpr qint64 sliceBudget = 4'000'000; // ns
constexpr int rowsBetweenLooks = 64;      // at the clock

/// "/a+b/i": the expression in it; none where it is plain text.
std::optional<QRegularExpression> expressionOf(const QString& text) {
    const bool anyCase = text.endsWith(QStringLiteral("/i"));
    const qsizetype end = text.size() - (anyCase ? 2 : 1);
    if (end < 2 || !text.startsWith(QLatin1Char('/')) || text[end] != QLatin1Char('/'))
        return std::nullopt;
    return QRegularExpression(text.mid(1, end - 1), anyCase
                                                        ? QRegularExpression::CaseInsensitiveOption
                                                        : QRegularExpression::NoPatternOption);
}

} // namespace

ConversationFilter::ConversationFilter(ConversationModel& model, QObject* parent)
    : QAbstractProxyModel(parent), m_model(model) {
    setSourceModel(&model);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ConversationFilter::scanSome);
    followSource();
}

void ConversationFilter::followSource() {
    using Source = QAbstractItemModel;
    const auto tell = [this](auto action) {
        return [this, action](const QModelIndex&, int first, int last) {
            (this->*action)(first, last);
        };
    };
    connect(&m_model, &Source::rowsAboutToBeInserted, this, tell(&ConversationFilter::rowsComing));
    connect(&m_model, &Source::rowsInserted, this, tell(&ConversationFilter::rowsCame));
    connect(&m_model, &Source::rowsAboutToBeRemoved, this, tell(&ConversationFilter::rowsGoing));
    connect(&m_model, &Source::rowsRemoved, this, tell(&ConversationFilter::rowsGone));
    connect(&m_model, &Source::dataChanged, this,
            [this](const QModelIndex& first, const QModelIndex& last) {
                if (last.column() > ConversationModel::TimeColumn)
                    rowsChanged(first.row(), last.row());
                else if (rowCount() > 0) // in which no filter looks
                    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, 0));
            });
    connect(&m_model, &Source::headerDataChanged, this, &Source::headerDataChanged);
}

QString ConversationFilter::setFilter(const QString& text, Direction direction) {
    auto expression = expressionOf(text);
    if (expression && !expression->isValid())
        return expression->errorString();
    beginResetModel();
    m_text = text;
    m_expression = std::move(expression);
    m_direction = direction;
    m_isActive = !text.isEmpty() || direction != Direction::Both;
    m_shown.clear();
    m_gone = 0;
    m_scanned = 0;
    endResetModel();
    scanSome();
    return {};
}

bool ConversationFilter::matches(int sourceRow) const {
    const ConversationRow& row = m_model.at(sourceRow);
    if (m_direction == Direction::Sent && row.kind != ConversationRow::Kind::Sent)
        return false;
    if (m_direction == Direction::Received && row.kind != ConversationRow::Kind::Received)
        return false;
    if (m_text.isEmpty())
        return true;
    const QString text = m_model.searchedText(sourceRow);
    return m_expression ? m_expression->match(text).hasMatch()
                        : text.contains(m_text, Qt::CaseInsensitive);
}

void ConversationFilter::scanSome() {
    if (!m_isActive) {
        Q_EMIT scanned();
        return;
    }
    QElapsedTimer timer;
    timer.start();
    std::vector<qint64> found;
    const int count = m_model.rowCount();
    while (m_scanned < count &&
           (m_scanned % rowsBetweenLooks != 0 || timer.nsecsElapsed() < sliceBudget)) {
        if (matches(m_scanned))
            found.push_back(m_scanned + m_gone);
        ++m_scanned;
    }
    if (!found.empty()) {
        const int first = rowCount();
        beginInsertRows({}, first, first + static_cast<int>(found.size()) - 1);
        m_shown.insert(m_shown.end(), found.begin(), found.end());
        endInsertRows();
    }
    if (isScanning())
        m_timer.start(0);
    Q_EMIT scanned();
}

/// The first that is shown of this row of the conversation and those after it.
std::ptrdiff_t ConversationFilter::placeOf(int sourceRow) const {
    return std::ranges::lower_bound(m_shown, sourceRow + m_gone) - m_shown.begin();
}

int ConversationFilter::sourceRow(int row) const {
    return m_isActive ? static_cast<int>(m_shown[static_cast<std::size_t>(row)] - m_gone) : row;
}

int ConversationFilter::rowOf(int sourceRow) const {
    if (!m_isActive || sourceRow < 0)
        return sourceRow;
    const auto place = static_cast<std::size_t>(placeOf(sourceRow));
    const bool isShown = place < m_shown.size() && m_shown[place] == sourceRow + m_gone;
    return isShown ? static_cast<int>(place) : -1;
}

QModelIndex ConversationFilter::mapToSource(const QModelIndex& index) const {
    return index.isValid() ? m_model.index(sourceRow(index.row()), index.column()) : QModelIndex();
}

QModelIndex ConversationFilter::mapFromSource(const QModelIndex& index) const {
    const int row = index.isValid() ? rowOf(index.row()) : -1;
    return row < 0 ? QModelIndex() : createIndex(row, index.column());
}

QModelIndex ConversationFilter::index(int row, int column, const QModelIndex& parent) const {
    const bool isThere = row >= 0 && row < rowCount(parent) && column >= 0 &&
                         column < ConversationModel::ColumnCount;
    return isThere ? createIndex(row, column) : QModelIndex();
}

int ConversationFilter::rowCount(const QModelIndex& parent) const {
    if (parent.isValid())
        return 0;
    return m_isActive ? static_cast<int>(m_shown.size()) : m_model.rowCount();
}

int ConversationFilter::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ConversationModel::ColumnCount;
}

bool ConversationFilter::hasChildren(const QModelIndex& parent) const {
    return !parent.isValid() && rowCount() > 0;
}

QVariant ConversationFilter::headerData(int section, Qt::Orientation orientation, int role) const {
    return m_model.headerData(section, orientation, role);
}

void ConversationFilter::rowsComing(int first, int last) {
    if (!m_isActive)
        beginInsertRows({}, first, last);
}

void ConversationFilter::rowsCame(int first, int last) {
    if (!m_isActive) {
        endInsertRows();
        return;
    }
    const int count = last - first + 1;
    if (first >= m_scanned) {
        if (!m_timer.isActive())
            scanSome();
        return;
    }
    const auto place = placeOf(first);
    for (auto it = m_shown.begin() + place; it != m_shown.end(); ++it)
        *it += count;
    m_scanned += count;
    std::vector<qint64> found;
    for (int row = first; row <= last; ++row) {
        if (matches(row))
            found.push_back(row + m_gone);
    }
    if (found.empty())
        return;
    const int at = static_cast<int>(place);
    beginInsertRows({}, at, at + static_cast<int>(found.size()) - 1);
    m_shown.insert(m_shown.begin() + place, found.begin(), found.end());
    endInsertRows();
    Q_EMIT scanned();
}

void ConversationFilter::rowsGoing(int first, int last) {
    if (!m_isActive) {
        beginRemoveRows({}, first, last);
        return;
    }
    const auto from = placeOf(first);
    const auto to = placeOf(last + 1);
    if (from == to)
        return;
    beginRemoveRows({}, static_cast<int>(from), static_cast<int>(to) - 1);
    m_shown.erase(m_shown.begin() + from, m_shown.begin() + to);
    endRemoveRows();
}

void ConversationFilter::rowsGone(int first, int last) {
    if (!m_isActive) {
        endRemoveRows();
        return;
    }
    const int count = last - first + 1;
    if (first == 0) {
        m_gone += count;
    } else {
        for (auto it = m_shown.begin() + placeOf(first); it != m_shown.end(); ++it)
            *it -= count;
    }
    m_scanned -= std::min(count, std::max(0, m_scanned - first));
    Q_EMIT scanned();
}

void ConversationFilter::rowsChanged(int first, int last) {
    if (!m_isActive) {
        Q_EMIT dataChanged(index(first, 0), index(last, ConversationModel::ColumnCount - 1));
        return;
    }
    for (int row = first; row <= std::min(last, m_scanned - 1); ++row) {
        const bool isNow = matches(row);
        const int shown = rowOf(row);
        const int place = static_cast<int>(placeOf(row));
        if (isNow && shown < 0) {
            beginInsertRows({}, place, place);
            m_shown.insert(m_shown.begin() + place, row + m_gone);
            endInsertRows();
        } else if (!isNow && shown >= 0) {
            beginRemoveRows({}, shown, shown);
            m_shown.erase(m_shown.begin() + shown);
            endRemoveRows();
        } else if (isNow) {
            Q_EMIT dataChanged(index(shown, 0), index(shown, ConversationModel::ColumnCount - 1));
        }
    }
}

} // namespace sscope
