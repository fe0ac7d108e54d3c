#pragma once
// One visitor's connection: read a request within the limits, let it be answered, write the reply;
// or stream events. For wire.cpp alone: it brings Boost with it.

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <set>

#include "api/reply.h"
#include "base/check.h"
#include "crypto/random.h"
#include "server/wire.h"

namespace fenming::server::wire_detail {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using std::chrono::milliseconds;

inline constexpr std::size_t kPiece = 64U << 10U;
inline constexpr std::uint64_t kMostLinger =
    16ULL << 20U;  // what is read and thrown away after a refusal
inline constexpr int kLinger_ms = 2'000;
inline constexpr int kTick_ms = 500;
inline constexpr int kHeartbeat_ms = 15'000;
inline constexpr std::uint64_t kSlowest = 20'000;  // bytes a second that a reader must take

class Connection;

/// What all connections share; touched by the wire's thread only.
struct Shared {
    Pool& pool;
    const Limits& limits;
    const SpoolFolder& folder;
    Metrics& metrics;
    std::set<Connection*> open = {};
    bool stopping = false;
    /// The last, so that it goes first: what waits in it are connections, and each takes itself out
    /// of `open`.
    asio::io_context io{1};
};

/// The visitor's bytes are no HTTP, rather than that the network broke or he went away.
inline bool is_malformed(const beast::error_code& error) {
    return error && error != http::error::partial_message &&
           error.category() == http::make_error_code(http::error::bad_method).category();
}

class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(Shared& shared, Answerer& answerer, tcp::socket&& socket)
        : shared_(shared), answerer_(answerer), stream_(std::move(socket)), timer_(shared.io) {
        shared_.open.insert(this);
        shared_.metrics.connections(+1);
        beast::error_code ignored;
        const auto peer = stream_.socket().remote_endpoint(ignored);
        if (!ignored) peer_ = peer.address().to_string();
        stream_.socket().set_option(tcp::no_delay(true), ignored);
    }
    ~Connection() {
        shared_.open.erase(this);
        shared_.metrics.connections(-1);
        if (events_) shared_.metrics.streams(-1);
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void start() { read_head(shared_.limits.header_ms); }
    /// The server stops: what waits for a request, or streams, ends now.
    void wind_up() {
        if (!is_idle_ && !events_) return;
        timer_.cancel();
        stream_.cancel();
        beast::error_code ignored;
        stream_.socket().shutdown(tcp::socket::shutdown_both, ignored);
    }

private:
    using Parser = http::request_parser<http::buffer_body>;

    void within(int ms) { stream_.expires_after(milliseconds(ms)); }

    void read_head(int wait_ms) {
        asked_ = Asked();
        spool_.reset();
        parser_.emplace();
        parser_->header_limit(shared_.limits.header_bytes);
        parser_->body_limit(boost::none);  // counted by read_body
        is_idle_ = true;
        within(wait_ms);
        http::async_read_header(
            stream_, buffer_, *parser_,
            beast::bind_front_handler(&Connection::on_head, shared_from_this()));
    }

    void on_head(const beast::error_code& error, std::size_t) {
        is_idle_ = false;
        if (error == http::error::end_of_stream || shared_.stopping) return hang_up();
        asked_.request = crypto::random_public_id();
        asked_.peer = peer_;
        if (error == http::error::header_limit || error == http::error::buffer_overflow)
            return refuse(kHeaderTooLarge);
        if (is_malformed(error)) return refuse(kMalformed);
        if (error) return hang_up();
        fill_asked();
        const auto expected = answerer_.expect(asked_);
        if (expected.at_once) return send(*expected.at_once, false);
        if (expected.is_stream) return open_stream();
        body_limit_ = expected.body_limit;
        const auto length = parser_->content_length();
        if (length && *length > body_limit_) return refuse(kBodyTooLarge);
        spool_ = std::make_unique<Spool>(shared_.folder, shared_.limits.json_bytes);
        if (!parser_->is_done() &&
            beast::iequals(parser_->get()[http::field::expect], "100-continue"))
            return send_continue();
        read_body();
    }

    void fill_asked() {
        const auto& head = parser_->get();
        asked_.method = std::string(head.method_string());
        asked_.target = std::string(head.target());
        for (const auto& field : head) {
            std::string name(field.name_string());
            for (auto& letter : name)
                if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
            asked_.headers.push_back({std::move(name), std::string(field.value())});
        }
    }

    void send_continue() {
        go_on_.emplace(http::status::continue_, 11);
        within(shared_.limits.upload_ms);
        http::async_write(stream_, *go_on_,
                          [self = shared_from_this()](const beast::error_code& error, std::size_t) {
                              if (error) return self->hang_up();
                              self->read_body();
                          });
    }

    void read_body() {
        if (parser_->is_done()) return dispatch();
        piece_.resize(kPiece);
        auto& body = parser_->get().body();
        body.data = piece_.data();
        body.size = piece_.size();
        within(shared_.limits.upload_ms);
        http::async_read(stream_, buffer_, *parser_,
                         beast::bind_front_handler(&Connection::on_piece, shared_from_this()));
    }

    void on_piece(const beast::error_code& error, std::size_t) {
        if (error && error != http::error::need_buffer) {
            return is_malformed(error) ? refuse(kMalformed) : hang_up();
        }
        const auto size = piece_.size() - parser_->get().body().size;
        if (spool_->size() + size > body_limit_) return refuse(kBodyTooLarge);
        try {
            spool_->write({piece_.data(), size});
        } catch (const Fault&) {
            return refuse(api::kFault);
        }
        read_body();
    }

    void dispatch() {
        piece_ = std::string();
        try {
            asked_.body = spool_->view();
        } catch (const Fault&) {
            return refuse(api::kFault);
        }
        stream_.expires_never();
        const bool taken = shared_.pool.give([self = shared_from_this()] {
            auto reply = self->answerer_.answer(self->asked_);
            asio::post(self->shared_.io, [self, reply = std::move(reply)]() mutable {
                self->on_reply(std::move(reply));
            });
        });
        if (!taken) return refuse(kBusy);
        is_answered_ = false;
        timer_.expires_after(milliseconds(shared_.limits.request_ms));
        timer_.async_wait([self = shared_from_this()](const beast::error_code& error) {
            if (error || self->is_answered_) return;
            self->refuse(kTooSlow);
        });
    }

    void on_reply(api::Reply&& reply) {
        if (is_answered_) return;  // too late: the visitor was told so
        timer_.cancel();
        send(std::move(reply), parser_->keep_alive());
    }

    void refuse(const RefusalKind& kind) { send(answerer_.refuse(asked_, kind), false); }

    void send(api::Reply reply, bool keeps) {
        is_answered_ = true;
        keeps_ = keeps && !shared_.stopping;
        const auto status = static_cast<http::status>(reply.status);
        const unsigned version = parser_ ? parser_->get().version() : 11;
        const bool is_bare = asked_.method == "HEAD" || reply.status == 204 || reply.status == 304;
        response_ = {};
        response_.result(status);
        response_.version(version == 10 ? 10 : 11);
        for (const auto& each : reply.headers) response_.insert(each.name, each.text);
        if (!reply.content_type.empty())
            response_.set(http::field::content_type, reply.content_type);
        if (reply.status != 204 && reply.status != 304) response_.content_length(reply.body.size());
        response_.keep_alive(keeps_);
        const auto size = reply.body.size();
        if (!is_bare) response_.body() = std::move(reply.body);
        within(shared_.limits.upload_ms + static_cast<int>(size / kSlowest * 1000));
        serializer_.emplace(response_);
        auto written = [self = shared_from_this()](const beast::error_code& error, std::size_t) {
            self->on_sent(error);
        };
        if (is_bare)
            http::async_write_header(stream_, *serializer_, std::move(written));
        else
            http::async_write(stream_, *serializer_, std::move(written));
    }

    void on_sent(const beast::error_code& error) {
        if (error) return hang_up();
        if (keeps_ && !shared_.stopping) return read_head(shared_.limits.idle_ms);
        beast::error_code ignored;
        stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
        piece_.resize(kPiece);
        linger(0);
    }

    /// Reads what the visitor still sends and throws it away: a socket closed on unread bytes would
    /// take the refusal from him before he reads it.
    void linger(std::uint64_t thrown) {
        if (thrown > kMostLinger) return hang_up();
        within(kLinger_ms);
        stream_.async_read_some(
            asio::buffer(piece_),
            [self = shared_from_this(), thrown](const beast::error_code& error, std::size_t size) {
                if (error) return self->hang_up();
                self->linger(thrown + size);
            });
    }

    void hang_up() {
        beast::error_code ignored;
        stream_.socket().close(ignored);
    }

    // ---- events ---------------------------------------------------------------------------------

    void open_stream() {
        stream_.expires_never();
        const bool taken = shared_.pool.give([self = shared_from_this()] {
            auto opened = self->answerer_.open(self->asked_);
            auto shared = std::make_shared<decltype(opened)>(std::move(opened));
            asio::post(self->shared_.io, [self, shared] {
                if (auto* reply = std::get_if<api::Reply>(&*shared))
                    return self->send(std::move(*reply), false);
                self->begin_stream(std::move(std::get<std::unique_ptr<Stream>>(*shared)));
            });
        });
        if (!taken) refuse(kBusy);
    }

    void begin_stream(std::unique_ptr<Stream> events) {
        events_ = std::move(events);
        shared_.metrics.streams(+1);
        write_raw(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n"
            "X-Content-Type-Options: nosniff\r\nX-Accel-Buffering: no\r\nConnection: close\r\n\r\n"
            "retry: 3000\n\n");
    }

    void write_raw(std::string text) {
        text_ = std::move(text);
        quiet_ms_ = 0;
        within(shared_.limits.upload_ms);
        asio::async_write(stream_, asio::buffer(text_),
                          [self = shared_from_this()](const beast::error_code& error, std::size_t) {
                              if (error) return self->hang_up();
                              self->tick();
                          });
    }

    void tick() {
        stream_.expires_never();
        if (shared_.stopping) return hang_up();
        timer_.expires_after(milliseconds(kTick_ms));
        timer_.async_wait([self = shared_from_this()](const beast::error_code& error) {
            if (error) return self->hang_up();
            self->quiet_ms_ += kTick_ms;
            if (self->events_->is_due()) return self->read_events();
            if (self->quiet_ms_ >= kHeartbeat_ms) return self->write_raw(":\n\n");
            self->tick();
        });
    }

    void read_events() {
        const bool taken = shared_.pool.give([self = shared_from_this()] {
            auto text = self->events_->next();
            asio::post(self->shared_.io, [self, text = std::move(text)]() mutable {
                if (!text) return self->hang_up();
                if (text->empty()) return self->tick();
                self->write_raw(std::move(*text));
            });
        });
        if (!taken) tick();
    }

    Shared& shared_;
    Answerer& answerer_;
    beast::tcp_stream stream_;
    asio::steady_timer timer_;
    beast::flat_buffer buffer_{kPiece};
    std::string peer_;
    std::optional<Parser> parser_;
    std::optional<http::response<http::empty_body>> go_on_;
    http::response<http::string_body> response_;
    std::optional<http::response_serializer<http::string_body>> serializer_;
    std::string piece_;
    std::unique_ptr<Spool> spool_;
    std::uint64_t body_limit_ = 0;
    Asked asked_;
    bool is_idle_ = false;
    bool is_answered_ = false;
    bool keeps_ = false;
    std::unique_ptr<Stream> events_;
    std::string text_;
    int quiet_ms_ = 0;
};

}  // namespace fenming::server::wire_detail
