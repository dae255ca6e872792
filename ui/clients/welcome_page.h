#pragma once

#include <vector>

#include <QBoxLayout>
#include <QPushButton>
#include <QScrollArea>

#include "ui/common/examples.h"

namespace sscope {

class ExamplesView;

/// What the centre shows while there are no tabs: one click that makes something happen, and the
/// examples.
class WelcomePage : public QScrollArea {
    Q_OBJECT

public:
    explicit WelcomePage(QWidget* parent = nullptr);

    void setExamples(const std::vector<Example>& examples);

Q_SIGNALS:
    void tryItAsked();
    void newClientAsked();
    void exampleAsked(int index);
    void allExamplesAsked();

private:
    void addTryIt(QBoxLayout* column);
    void addNewClient(QBoxLayout* column);
    QWidget* buildExamples();

    QWidget* m_examplesPart;
    QPushButton* m_all;
    ExamplesView* m_examples;
};

} // namespace sscope
