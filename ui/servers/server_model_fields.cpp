#include "ui/servers/server_model_fields.h"

#include <QHBoxLayout>

#include "core/framing/framings.h"
#include "core/server/execution_models.h"
#include "core/service/services.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
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

constexpr Remark framingRemarks[]{
    {"raw", QT_TRANSLATE_NOOP("sscope::ServerModelFields", "each receive is a message")},
    {"line", QT_TRANSLATE_NOOP("sscope::ServerModelFields", "a message ends at LF")},
    {"nul", QT_TRANSLATE_NOOP("sscope::ServerModelFields", "a message ends at NUL")},
    {"message", QT_TRANSLATE_NOOP("sscope::ServerModelFields", "a JSON header, then content")},
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
    connect(m_framing, &QComboBox::currentIndexChanged, this, &ServerModelFields::edited);
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
    m_framing->addEntry(tr("the service's own"), {}, QString());
    for (const std::string& framing : framingExamples())
        m_framing->addEntry(nameText(framing), remarkOf(framingRemarks, framing),
                            nameText(framing));
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
    const int framing = m_framing->findData(toQString(config.framing));
    m_framing->setCurrentIndex(qMax(0, framing));
}

void ServerModelFields::apply(ServerConfig& config) const {
    config.model = m_model->currentText().toStdString();
    config.loops = m_loopsGroup->isHidden() ? 1 : m_loops->text().trimmed().toInt();
    config.framing = m_framing->currentData().toString().toStdString();
}

} // namespace sscope
