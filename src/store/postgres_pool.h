#pragma once
// The connections that transactions borrow; for postgres.cpp alone.

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>

#include "store/postgres_wire.h"

namespace fenming::store::postgres {

class Pool {
public:
    Pool(std::string url, std::int64_t busy_ms, int most)
        : url_(std::move(url)), busy_ms_(busy_ms), most_(most) {}
    std::unique_ptr<Connection> take() {
        std::unique_lock lock(mutex_);
        if (!returned_.wait_for(lock, std::chrono::milliseconds(busy_ms_ * 4),
                                [&] { return !free_.empty() || made_ < most_; }))
            throw DbError(DbErrorKind::busy, "begin", "every connection stayed in use");
        if (!free_.empty()) {
            auto connection = std::move(free_.back());
            free_.pop_back();
            return connection;
        }
        ++made_;
        lock.unlock();
        try {
            return std::make_unique<Connection>(url_, busy_ms_);
        } catch (...) {
            lost();
            throw;
        }
    }
    void give(std::unique_ptr<Connection> connection) {
        if (!connection->alive() || !connection->idle()) {
            lost();
            return;
        }
        {
            const std::scoped_lock lock(mutex_);
            free_.push_back(std::move(connection));
        }
        returned_.notify_one();
    }

private:
    void lost() {
        {
            const std::scoped_lock lock(mutex_);
            --made_;
        }
        returned_.notify_one();
    }
    std::string url_;
    std::int64_t busy_ms_;
    int most_;
    int made_ = 0;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<Connection>> free_;
};

}  // namespace fenming::store::postgres
