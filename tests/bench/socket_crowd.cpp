#include "tests/bench/socket_crowd.h"

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace sscope::bench {

namespace {

void openConnections(std::size_t count) {
    const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener, generic, sizeof address) != 0 || ::listen(listener, 128) != 0)
        std::abort();
    ::getsockname(listener, generic, &length);
    for (std::size_t i = 0; i < count; ++i) {
        const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
        if (::connect(fd, generic, sizeof address) != 0 ||
            ::accept(listener, nullptr, nullptr) < 0) {
            std::perror("open the crowd of sockets");
            std::abort();
        }
    }
}

} // namespace

SocketCrowd::SocketCrowd(std::size_t connections) {
    std::array<int, 2> pipe{};
    if (::pipe(pipe.data()) != 0)
        std::abort();
    m_pid = ::fork();
    if (m_pid == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        const rlimit limit{20'000, 20'000};
        ::setrlimit(RLIMIT_NOFILE, &limit);
        openConnections(connections);
        [[maybe_unused]] const ssize_t told = ::write(pipe[1], "x", 1);
        ::pause();
        ::_exit(0);
    }
    ::close(pipe[1]);
    char byte = 0;
    if (::read(pipe[0], &byte, 1) != 1)
        std::abort();
    ::close(pipe[0]);
}

SocketCrowd::~SocketCrowd() {
    ::kill(m_pid, SIGKILL);
    ::waitpid(m_pid, nullptr, 0);
}

} // namespace sscope::bench
