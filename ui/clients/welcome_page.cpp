#include "ui/clients/welcome_page.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include "ui/common/fonts.h"
#include "ui/common/icons.h"
#include "ui/common/small_widgets.h"
#include "ui/common/theme.h"

namespace sscope {

WelcomePage::WelcomePage(QWidget* parent) : QWidget(parent) {
    auto* title = makeTitle(tr("Start both ends and watch the bytes"), this);
    QFont large = title->font();
    large.setPixelSize(20);
    title->setFont(large);
    title->setWordWrap(true);

    auto* tryIt = new QPushButton(lineIcon(QStringLiteral("play"), ColorToken::OnAccent),
                                  tr("Try it: start an echo server and say hello"), this);
    tryIt->setObjectName(QStringLiteral("tryItButton"));
    tryIt->setProperty("primary", true);
    tryIt->setMinimumHeight(36);
    tryIt->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    connect(tryIt, &QPushButton::clicked, this, &WelcomePage::tryItAsked);

    auto* explanation = makeNote(tr("Listens on 127.0.0.1:65432, connects a client tab, sends "
                                    "“Hello, world” and shows what comes back. Nothing leaves "
                                    "this machine."),
                                 this);

    const QKeySequence key(Qt::CTRL | Qt::Key_T);
    auto* client = new QPushButton(lineIcon(QStringLiteral("plus")), tr("New client tab"), this);
    client->setObjectName(QStringLiteral("welcomeNewClient"));
    connect(client, &QPushButton::clicked, this, &WelcomePage::newClientAsked);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    auto* lead = makeLabel(tr("Talk to something that already runs:"), this);
    lead->setWordWrap(false);
    row->addWidget(lead);
    row->addWidget(client);
    row->addWidget(makeNote(key.toString(QKeySequence::NativeText), this));
    row->addStretch(1);

    auto* column = new QVBoxLayout;
    column->setSpacing(12);
    column->addWidget(title);
    column->addSpacing(4);
    column->addWidget(tryIt, 0, Qt::AlignLeft);
    column->addWidget(explanation);
    column->addSpacing(4);
    column->addLayout(row);
    column->addStretch(1);

    auto* content = new QWidget(this);
    content->setLayout(column);
    content->setMaximumWidth(544);
    column->setContentsMargins(0, 0, 0, 0);
    auto* outer = new QHBoxLayout(this);
    outer->setContentsMargins(24, 40, 24, 24);
    outer->addStretch(1);
    outer->addWidget(content, 1000);
    outer->addStretch(1);
}

void WelcomePage::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), themeColor(ColorToken::Surface));
}

} // namespace sscope
