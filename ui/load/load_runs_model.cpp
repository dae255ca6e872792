#include "ui/load/load_runs_model.h"

#include "ui/common/error_text.h"
#include "ui/common/formats.h"
#include "ui/load/load_fields.h"
#include "ui/load/load_text.h"

namespace sscope {

QString phaseWord(LoadPhase phase) {
    switch (phase) {
    case LoadPhase::Waiting:
        return LoadRunsModel::tr("waits");
    case LoadPhase::Connecting:
        return LoadRunsModel::tr("connecting");
    case LoadPhase::Running:
        return LoadRunsModel::tr("running");
    case LoadPhase::Draining:
        return LoadRunsModel::tr("last replies");
    case LoadPhase::Done:
        return LoadRunsModel::tr("done");
    case LoadPhase::Cancelled:
        return LoadRunsModel::tr("cancelled");
    case LoadPhase::Failed:
        return LoadRunsModel::tr("failed");
    }
    return {};
}

int LoadRunsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}

QVariant LoadRunsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const LoadResult& result = at(index.row()).result;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return nameOf(index.row());
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1, %2, %3")
            .arg(nameOf(index.row()), outcomeOf(index.row()), loadWords(result.config));
    case Qt::ToolTipRole: {
        QString text = QStringLiteral("%1\n%2").arg(toQString(result.config.endpoint.text()),
                                                    loadWords(result.config));
        if (result.failure)
            text += QLatin1Char('\n') + errorWords(*result.failure);
        return plainTip(text);
    }
    default:
        return {};
    }
}

bool LoadRunsModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    const QString name = value.toString().trimmed();
    if (role != Qt::EditRole || !index.isValid() || name.isEmpty())
        return false;
    m_runs[static_cast<std::size_t>(index.row())].name = name.toStdString();
    Q_EMIT dataChanged(index, index);
    return true;
}

Qt::ItemFlags LoadRunsModel::flags(const QModelIndex& index) const {
    return QAbstractListModel::flags(index) | Qt::ItemIsEditable;
}

int LoadRunsModel::add(const LoadConfig& config) {
    const int row = rowCount();
    beginInsertRows({}, row, row);
    NamedLoad run{.name = tr("Run %1").arg(++m_lastNumber).toStdString()};
    run.result.config = config;
    m_runs.push_back(std::move(run));
    endInsertRows();
    return row;
}

void LoadRunsModel::setResult(int row, LoadResult result) {
    m_runs[static_cast<std::size_t>(row)].result = std::move(result);
    Q_EMIT dataChanged(index(row), index(row));
}

void LoadRunsModel::remove(int row) {
    beginRemoveRows({}, row, row);
    m_runs.erase(m_runs.begin() + row);
    endRemoveRows();
}

QString LoadRunsModel::nameOf(int row) const {
    return toQString(at(row).name);
}

QString LoadRunsModel::outcomeOf(int row) const {
    const LoadResult& result = at(row).result;
    if (result.requests == 0)
        return phaseWord(result.phase);
    return QStringLiteral("%1/s").arg(perSecondText(result.perSecond()));
}

} // namespace sscope
