#include "ui/clients/welcome_page.h"

#include "ui/clients/examples_view.h"
#include "ui/common/icons.h"
#include "ui/common/small_widgets.h"

namespace sscope {

namespace {

constexpr int contentWidth = 544;
// A row's tint reaches beyond the text, which is in line with all other text.
constexpr int rowMargin = 8;

} // namespace

WelcomePage::WelcomePage(QWidget* parent) : QScrollArea(parent) {
    setObjectName(QStringLiteral("welcomePage"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus);
    auto* page = new QWidget(this);
    page->setBackgroundRole(QPalette::Base);
    page->setAutoFillBackground(true);
    auto* content = new QWidget(page);
    content->setMaximumWidth(contentWidth);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* upper = new QVBoxLayout;
    upper->setContentsMargins(rowMargin, 0, rowMargin, 0);
    upper->setSpacing(12);
    addTryIt(upper);
    addNewClient(upper);
    column->addLayout(upper);
    column->addSpacing(24);
    column->addWidget(buildExamples());
    column->addStretch(1);
    auto* outer = new QHBoxLayout(page);
    outer->setContentsMargins(16, 40, 16, 16);
    outer->addStretch(1);
    outer->addWidget(content, 1000);
    outer->addStretch(1);
    setWidget(page);
}

void WelcomePage::addTryIt(QBoxLayout* column) {
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
    column->addWidget(title);
    column->addSpacing(4);
    column->addWidget(tryIt, 0, Qt::AlignLeft);
    column->addWidget(makeNote(tr("Listens on 127.0.0.1:65432, connects a client tab, sends "
                                  "“Hello, world” and shows what comes back. Nothing leaves "
                                  "this machine."),
                               this));
}

void WelcomePage::addNewClient(QBoxLayout* column) {
    const QKeySequence key(Qt::CTRL | Qt::Key_T);
    auto* client = new QPushButton(lineIcon(QStringLiteral("plus")), tr("New client tab"), this);
    client->setObjectName(QStringLiteral("welcomeNewClient"));
    connect(client, &QPushButton::clicked, this, &WelcomePage::newClientAsked);
    auto* lead = makeLabel(tr("Talk to something that already runs:"), this);
    lead->setWordWrap(false);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(lead);
    row->addWidget(client);
    row->addWidget(makeNote(key.toString(QKeySequence::NativeText), this));
    row->addStretch(1);
    column->addSpacing(4);
    column->addLayout(row);
}

QWidget* WelcomePage::buildExamples() {
    m_examplesPart = new QWidget(this);
    m_all = makeLink({}, QStringLiteral("allExamples"), m_examplesPart); // before the list by Tab
    m_examples = new ExamplesView(m_examplesPart);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(rowMargin, 0, rowMargin, 0);
    head->addWidget(makeTitle(tr("Examples"), m_examplesPart));
    head->addStretch(1);
    head->addWidget(m_all);
    auto* column = new QVBoxLayout(m_examplesPart);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(head);
    column->addWidget(m_examples);
    m_examplesPart->hide();
    connect(m_examples, &ExamplesView::startAsked, this, &WelcomePage::exampleAsked);
    connect(m_all, &QPushButton::clicked, this, &WelcomePage::allExamplesAsked);
    return m_examplesPart;
}

void WelcomePage::setExamples(const std::vector<Example>& examples) {
    m_examples->setExamples(examples);
    m_all->setText(tr("All %1").arg(examples.size()));
    m_examplesPart->setVisible(!examples.empty());
}

} // namespace sscope
