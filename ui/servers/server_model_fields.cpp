#include "ui/servers/server_model_fields.h"

#include <QHBoxLayout>

#include "core/server/execution_models.h"
#include "core/service/services.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/framing_field.h"
#include "ui/common/remark_combo_box.h"
#include "ui/common/small_widgets.h"
#include "ui/servers/form_grid.h"

namespace sscope {

namespace {

constexpr int loopsWidth = 40;

struct Remark {
    std::string_view name;
    const char* words;
};

constexpr Remark modelRemarks[]{
    {"iterative", QT_TRANSLATE_NOOP("sscope::ServerModelFields", "one client at a time")},
    {"select", QT_TRANSLATE_NOOP("sscope::ServerModelFields", "loops around select(2)")},
    {"poll", QT_TRANSLATE_NOOP("sscope::ServerModelFields", "loops around poll(2)")},
    {"epoll", QT_TRANSLATE_NOOP("sscope::ServerModelFields", "loops around epoll(7)")},
    {"threads", QT_TRANSLATE_NOOP("sscope::ServerModelFields", "a thread for each client")},
    {"processes", QT_TRANSLATE_NOOP("sscope::ServerModelFields", "a process for each client")},
    {"qt", QT_TRANSLATE_NOOP("sscope::ServerModelFields", "Qt Network's event loop")},
};

QString remarkOf(std::span<const Remark> remarks, std::string_view name) {
    for (const Remark& remark : remarks) {
        if (remark.name == name)
            return ServerModelFields::tr(remark.words);
    }
    return {};
}

QString nameText(std::string_view name) {
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

} // namespace

ServerModelFields::ServerModelFields(FormGrid& grid, QObject* parent)
    : QObject(parent),
      m_model(new RemarkComboBox(&grid)),
      m_loopsGroup(new QWidget(&grid)),
      m_loops(new QLineEdit(m_loopsGroup)),
      m_framing(new RemarkComboBox(&grid)) {
    m_model->setObjectName(QStringLiteral("serverModel"));
    m_model->setToolTip(tr("Who waits for the sockets, and how many clients at a time are served"));
    m_loops->setObjectName(QStringLiteral("serverLoops"));
    m_loops->setAccessibleName(tr("Loops"));
    m_loops->setFont(monoFont());
    m_loops->setFixedWidth(loopsWidth);
    m_loops->setToolTip(tr("Threads, each with a loop of its own"));
    m_framing->setObjectName(QStringLiteral("serverFraming"));
    m_framing->setToolTip(tr("How messages are told apart in the stream"));
    auto* loops = new QHBoxLayout(m_loopsGroup);
    loops->setContentsMargins(0, 0, 0, 0);
    loops->setSpacing(8);
    QLabel* label = makeNote(tr("Loops"), m_loopsGroup);
    label->setWordWrap(false);
    label->setBuddy(m_loops);
    loops->addWidget(label);
    loops->addWidget(m_loops);
    fillModels();
    fillFramings();
    grid.addRow(tr("Model"), m_model, m_loopsGroup);
    grid.addRow(tr("Framing"), m_framing);
    connect(m_model, &QComboBox::currentIndexChanged, this, &ServerModelFields::showLoops);
    connect(m_model, &QComboBox::currentIndexChanged, this, &ServerModelFields::edited);
    connect(m_framing, &QComboBox::editTextChanged, this, &ServerModelFields::edited);
    connect(m_loops, &QLineEdit::textChanged, this, &ServerModelFields::edited);
    showLoops();
}

void ServerModelFields::fillModels() {
    for (const ExecutionModel& model : executionModels()) {
        if (model.make) // this executable has it
            m_model->addEntry(nameText(model.name), remarkOf(modelRemarks, model.name));
    }
}

void ServerModelFields::fillFramings() {
    m_framing->makeEditable();
    m_framing->addEntry(tr("the service's own"), {}, QString());
    addFramings(*m_framing);
}

/// Empty for the service's own.
QString ServerModelFields::framingText() const {
    const QString text = m_framing->currentText().trimmed();
    return text == m_framing->itemText(0) ? QString() : text;
}

void ServerModelFields::setOwnFraming(const std::string& service) {
    const Service* found = findService(service);
    m_framing->setRemark(0, found ? nameText(found->framing) : QString());
}

QWidget* ServerModelFields::modelField() const {
    return m_model;
}

QWidget* ServerModelFields::framingField() const {
    return m_framing;
}

void ServerModelFields::showLoops() {
    const ExecutionModel* model = findExecutionModel(m_model->currentText().toStdString());
    m_loopsGroup->setVisible(model && model->hasLoops);
}

void ServerModelFields::setConfig(const ServerConfig& config) {
    m_model->setCurrentText(toQString(config.model));
    m_loops->setText(QString::number(config.loops));
    m_framing->showText(config.framing.empty() ? m_framing->itemText(0)
                                               : toQString(config.framing));
}

void ServerModelFields::apply(ServerConfig& config) const {
    config.model = m_model->currentText().toStdString();
    config.loops = m_loopsGroup->isHidden() ? 1 : m_loops->text().trimmed().toInt();
    config.framing = framingText().toStdString();
}

} // namespace sscope
