#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include <QtTest>

#include "core/process/helper_process.h"
#ifdef SSCOPE_HAS_QT_MODEL
#include "core/qt/qt_model.h"
#endif
#include "core/server/execution_models.h"
#include "tests/support/event_log.h"
#include "tests/support/program.h"

namespace sscope::test {

/// A global data row for each execution model that this executable has.
inline void addModelRows() {
#ifdef SSCOPE_HAS_QT_MODEL
    registerQtModel();
#endif
    QTest::addColumn<QString>("model");
    for (const ExecutionModel& model : executionModels()) {
        if (model.make)
            QTest::newRow(model.name.data()) << QString::fromLatin1(model.name.data());
    }
    setHelperProgram(ownProgram(QStringLiteral("socketscope")).toStdString());
}

inline std::string currentModel() {
    QFETCH_GLOBAL(QString, model);
    return model.toStdString();
}

/// A server of the config's model, started; events in the log. The default port becomes a free one.
class ModelServer {
public:
    explicit ModelServer(ServerConfig config,
                         TraceBatch::Detail detail = TraceBatch::Detail::WakeUps) {
        for (Endpoint& endpoint : config.listen) {
            if (endpoint.port == 65432)
                endpoint.port = 0;
        }
        m_server =
            findExecutionModel(config.model)
                ->make({.id = 1, .config = config, .outbox = &m_log.outbox(), .detail = detail});
        if (!m_server->start())
            qFatal("start");
    }

    EventLog& log() { return m_log; }
    Server& server() { return *m_server; }
    std::uint16_t port() {
        if (!m_log.waitFor<lifecycle::Listening>())
            throw std::runtime_error("not listening");
        return m_log.port();
    }
    bool stopAndWait() {
        m_server->stop();
        return m_log.waitFor<lifecycle::Stopped>();
    }

private:
    EventLog m_log;
    std::unique_ptr<Server> m_server;
};

inline ServerConfig udpConfig() {
    ServerConfig config;
    config.listen = {{.transport = Transport::Udp, .host = "127.0.0.1", .port = 0}};
    return config;
}

} // namespace sscope::test
