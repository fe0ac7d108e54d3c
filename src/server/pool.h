#pragma once
// Threads that work requests, and a bounded queue before them: who would wait too long is told so.

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace fenming::server {

class Pool {
public:
    Pool(int threads, std::size_t most_waiting);
    ~Pool();
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    /// False when too many wait, or the pool is ending. `work` must not throw.
    bool give(std::function<void()> work);
    /// Takes nothing new, ends what was given, and joins the threads.
    void end();
    [[nodiscard]] std::size_t waiting() const;

private:
    void loop();

    std::size_t most_waiting_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> waiting_;
    bool ending_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace fenming::server
