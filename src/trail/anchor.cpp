// Checkpoints and the sink outside the database.

#include "trail/anchor.h"

#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "base/text.h"
#include "crypto/hash.h"
#include "crypto/note.h"
#include "store/migrate.h"
#include "trail/sql.h"

namespace fenming::trail {
namespace {

constexpr std::string_view kFrame = "fenming-anchor/v1 ";

struct Stored {
    std::int64_t number = 0;
    std::int64_t at_ms = 0;
    std::string note;
    static constexpr auto fields =
        std::make_tuple(field("number", &Stored::number), field("at_ms", &Stored::at_ms),
                        field("note", &Stored::note));
};

struct Place {
    std::int64_t seq = 0;
    std::int64_t order_id = 0;
    std::int64_t at_ms = 0;
    crypto::Digest link{};
    static constexpr auto fields =
        std::make_tuple(field("seq", &Place::seq), field("order_id", &Place::order_id),
                        field("at_ms", &Place::at_ms), field("link", &Place::link));
};

std::string origin_of(std::string_view generation) {
    return "fenming/" + std::string(generation) + "/trail";
}

/// The signed text of a note that one of our trail keys, old or new, made under `origin`.
std::optional<std::string> opened(const crypto::KeyStore& keys, std::string_view origin,
                                  std::string_view note) {
    if (!crypto::is_note_name(origin)) return std::nullopt;
    std::vector<crypto::NoteVerifier> known;
    for (const auto& key : keys.public_keys(crypto::SignPurpose::trail))
        known.emplace_back(std::string(origin), key.key);
    auto note_or = crypto::open_note(note, known);
    if (!note_or) return std::nullopt;
    return std::move(note_or->text);
}

std::string text_of_checkpoint(const Checkpoint& c, const crypto::Digest& previous) {
    std::string text = fmt::format("{}\n{}\n{}\n{}\n", origin_of(c.generation), c.number,
                                   to_hex(previous), c.at.ms);
    for (const auto& head : c.heads)
        text += fmt::format("{} {} {}\n", head.pen.number, head.seq, to_hex(head.link));
    return text;
}

/// Reads the signed text back. Whatever does not fit is a Fault: the signature vouched for it.
Checkpoint parse(std::string_view text, std::string note) {
    const auto wrong = [] { return Fault("a signed checkpoint cannot be read"); };
    auto lines = split(text, '\n');
    if (lines.size() < 5) throw wrong();
    Checkpoint c;
    const auto& origin = lines[0];
    if (!origin.starts_with("fenming/") || !origin.ends_with("/trail")) throw wrong();
    c.generation = origin.substr(8, origin.size() - 14);
    const auto number = parse_int(lines[1]);
    const auto at = parse_int(lines[3]);
    if (!number || !at) throw wrong();
    c.number = *number;
    c.at = {*at};
    for (std::size_t i = 4; i < lines.size(); ++i) {
        if (lines[i].empty()) continue;
        const auto words = split(lines[i], ' ');
        if (words.size() != 3) throw wrong();
        const auto pen = parse_int(words[0]);
        const auto seq = parse_int(words[1]);
        const auto link = from_hex(words[2]);
        if (!pen || !seq || !link || link->size() != 32) throw wrong();
        Head head{{*pen}, *seq, {}, {}, {}};
        std::ranges::copy(*link, head.link.begin());
        c.heads.push_back(head);
    }
    c.note = std::move(note);
    return c;
}

void write_all(int fd, std::string_view bytes, const std::string& path) {
    while (!bytes.empty()) {
        const auto n = ::write(fd, bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0)
            throw Fault("the anchor file " + path + " cannot be written: " + std::strerror(errno));
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
}

}  // namespace

bool Anchor::exists() const {
    return !path_.empty() && ::access(path_.c_str(), F_OK) == 0;
}

void Anchor::append(const Checkpoint& c) const {
    if (path_.empty()) return;
    const int fd = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0)
        throw Fault("the anchor file " + path_ + " cannot be opened: " + std::strerror(errno));
    // Length first: a torn tail shows as such.
    const std::string framed = fmt::format("{}{}\n{}", kFrame, c.note.size(), c.note);
    try {
        write_all(fd, framed, path_);
        if (::fsync(fd) != 0) throw Fault("the anchor file " + path_ + " cannot be made durable");
    } catch (...) {
        ::close(fd);
        throw;
    }
    ::close(fd);
}

std::optional<Checkpoint> Anchor::newest(const crypto::KeyStore& keys) const {
    if (!exists()) return std::nullopt;
    std::ifstream file(path_, std::ios::binary);
    const std::string all{std::istreambuf_iterator<char>(file), {}};
    std::string_view rest = all;
    std::string_view last;
    while (rest.starts_with(kFrame)) {
        const auto end = rest.find('\n');
        if (end == std::string_view::npos) break;
        const auto size = parse_int(rest.substr(kFrame.size(), end - kFrame.size()));
        if (!size || rest.size() < end + 1 + static_cast<std::size_t>(*size)) break;
        last = rest.substr(end + 1, static_cast<std::size_t>(*size));
        rest.remove_prefix(end + 1 + static_cast<std::size_t>(*size));
    }
    if (last.empty()) return std::nullopt;
    const auto origin = last.substr(0, last.find('\n'));
    const auto text = opened(keys, origin, last);
    if (!text) throw Fault("the newest checkpoint in " + path_ + " bears a false signature");
    return parse(*text, std::string(last));
}

std::optional<Checkpoint> checkpoint(store::Database& database, const crypto::KeyStore& keys,
                                     const Anchor& anchor, Instant now) {
    Checkpoint c;
    {
        auto tx = database.begin_write();
        // Pen 2 is nobody's county: one checkpoint at a time.
        const store::Pen two[] = {{2}};
        tx->lock_pens(two);
        const auto last = tx->one<Stored>(sql::newest_checkpoint);
        crypto::Digest previous{};
        if (last) {
            previous = crypto::sm3(bytes_of(last->note));
            c.number = last->number;
        }
        c.number += 1;
        c.at = now;
        c.generation = store::meta(*tx, "generation").value_or("");
        c.heads = heads(*tx);
        if (c.heads.empty()) return std::nullopt;
        if (last) {
            const auto text = opened(keys, origin_of(c.generation), last->note);
            const auto same = [](const Head& a, const Head& b) {
                return a.pen == b.pen && a.seq == b.seq && a.link == b.link;
            };
            if (text && std::ranges::equal(parse(*text, {}).heads, c.heads, same))
                return std::nullopt;
        }
        const crypto::NoteSigner signer[] = {
            crypto::sm2_note_signer(keys, crypto::SignPurpose::trail, origin_of(c.generation))};
        c.note = crypto::sign_note(text_of_checkpoint(c, previous), signer);
        tx->run(sql::add_checkpoint, c.number, c.at, c.note);
        tx->commit();
    }
    anchor.append(c);
    return c;
}

Comparison compare(store::Tx& tx, const crypto::KeyStore& keys, const Anchor& anchor) {
    const auto anchored = anchor.newest(keys);
    if (!anchored) return {Standing::no_anchor, {}, 0, 0};
    if (anchored->generation != store::meta(tx, "generation").value_or(""))
        return {Standing::forked, {}, 0, 0};
    for (const auto& head : anchored->heads) {
        const auto ours = head_of(tx, head.pen);
        if (ours.seq < head.seq) return {Standing::behind, head.pen, ours.seq, head.seq};
        const auto place = tx.one<Place>(sql::link_at, head.pen.number, head.seq);
        if (!place || place->link != head.link)
            return {Standing::forked, head.pen, ours.seq, head.seq};
    }
    return {Standing::level, {}, 0, 0};
}

}  // namespace fenming::trail
