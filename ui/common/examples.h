#pragma once

#include <string>
#include <vector>

#include <tl/expected.hpp>

#include <QByteArray>
#include <QString>

namespace sscope {

/// Servers and clients that one click starts; resources/examples/README.md has the format. Its
/// texts are in one language, and plain.
struct Example {
    /// Somebody else's program, with what is typed into it.
    struct Program {
        std::string command;
        std::vector<std::string> lines;
    };
    QString icon;
    QString title;
    QString summary;
    QString look;
    std::vector<std::string> servers;
    std::vector<std::string> clients;
    std::vector<std::string> chats;
    std::vector<Program> programs;
    bool sideBySide = false; // the tabs
    QString open;            // instead of servers and clients: the page that it starts, "race"
    int browse = 0;          // the server that a browser can open; 0 for none
    int receiveSize = 0;     // bytes that the clients ask of one receive; 0 for the usual
};

/// An example's file, or what is wrong with it.
tl::expected<Example, QString> readExample(const QByteArray& json, const QString& language);
/// All of the resource that can be read, in order.
std::vector<Example> loadExamples(const QString& language);

/// The words of a server's or a client's text, with what stands for a folder or an endpoint
/// replaced. None where a quote is not closed.
std::vector<std::string> serverWords(const std::string& text, const std::string& runtimeFolder);
std::vector<std::string> clientWords(const std::string& text,
                                     const std::vector<std::string>& endpoints);

} // namespace sscope
