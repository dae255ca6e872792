#include "ui/clients/message_fields.h"

#include <QCompleter>
#include <QHBoxLayout>
#include <QLineEdit>

#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/small_widgets.h"

namespace sscope {

namespace {

const QStringList contentTypes{QStringLiteral("text/json"), QStringLiteral("text/plain"),
                               QStringLiteral("binary/custom-client-binary-type")};
const QStringList contentEncodings{QStringLiteral("utf-8"),   QStringLiteral("utf-16"),
                                   QStringLiteral("gbk"),     QStringLiteral("gb18030"),
                                   QStringLiteral("big5"),    QStringLiteral("shift_jis"),
                                   QStringLiteral("latin-1"), QStringLiteral("binary")};
constexpr int encodingWidth = 96;
constexpr int typeWidth = 136;
constexpr int mostTypeWidth = 280;
constexpr int narrowTypeWidth = 176;
constexpr int arrowWidth = 28;

} // namespace

MessageFields::MessageFields(QWidget* parent) : QWidget(parent) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    m_type = makeField(tr("Content type"),
                       tr("The header's content-type; what is called JSON is checked"),
                       QStringLiteral("contentType"), contentTypes);
    m_encoding = makeField(tr("Encoding"),
                           tr("The header's content-encoding, in which the text is sent; binary "
                              "sends it as it is"),
                           QStringLiteral("contentEncoding"), contentEncodings);
    m_encoding->setFixedWidth(encodingWidth);
    // As wide as what is chosen, so that it can be read.
    connect(m_type, &QComboBox::editTextChanged, this, &MessageFields::fitType);
    fitType();
}

void MessageFields::fitType() {
    const QString type = m_type->currentText();
    const int whole = QFontMetrics(monoFont()).horizontalAdvance(type) + arrowWidth + 8;
    const int most = m_hasRoom ? mostTypeWidth : narrowTypeWidth;
    m_type->setFixedWidth(qBound(typeWidth, whole, most));
    const QString tip = tr("The header's content-type; what is called JSON is checked");
    m_type->setToolTip(plainTip(whole > most ? QStringLiteral("%1\n%2").arg(type, tip) : tip));
}

void MessageFields::setRoom(bool forNames, bool forType) {
    m_hasRoom = forType;
    for (QLabel* name : m_names)
        name->setVisible(forNames);
    fitType();
}

QComboBox* MessageFields::makeField(const QString& label, const QString& tip,
                                    const QString& objectName, const QStringList& values) {
    auto* box = new QComboBox(this);
    box->setObjectName(objectName);
    box->setAccessibleName(label);
    box->setToolTip(tip);
    box->setEditable(true);
    box->setInsertPolicy(QComboBox::NoInsert);
    box->setCompleter(nullptr);
    box->setFont(monoFont());
    box->lineEdit()->setFont(monoFont());
    box->addItems(values);
    QLabel* name = makeNote(label, this);
    name->setWordWrap(false);
    name->setBuddy(box);
    m_names.append(name);
    layout()->addWidget(name);
    layout()->addWidget(box);
    connect(box, &QComboBox::editTextChanged, this, &MessageFields::edited);
    return box;
}

} // namespace sscope
