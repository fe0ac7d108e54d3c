// Argon2id by libsodium, two at a time, under a pepper.

#include "crypto/password.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>
#include <optional>

#include "base/check.h"
#include "base/text.h"
#include "crypto/frame.h"
#include "crypto/random.h"

namespace fenming::crypto {

namespace {

constexpr int kAtOnce = 2;
constexpr std::string_view kForm = "fm1";
using Salt = std::array<std::uint8_t, crypto_pwhash_argon2id_SALTBYTES>;

/// Lets `kAtOnce` in; the others wait.
class Gate {
public:
    void enter() {
        std::unique_lock lock(mutex_);
        left_.wait(lock, [this] { return inside_ < kAtOnce; });
        peak_ = std::max(peak_, ++inside_);
    }
    void leave() {
        {
            const std::lock_guard lock(mutex_);
            --inside_;
        }
        left_.notify_one();
    }
    int peak() {
        const std::lock_guard lock(mutex_);
        return peak_;
    }

private:
    std::mutex mutex_;
    std::condition_variable left_;
    int inside_ = 0;
    int peak_ = 0;
};

Gate& gate() {
    static Gate the_gate;
    return the_gate;
}

struct Inside {
    Inside() { gate().enter(); }
    ~Inside() { gate().leave(); }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;
};

SecretBytes argon2id(std::string_view password, const Salt& salt, PasswordCost cost) {
    SecretBytes output(32);
    const Inside inside;
    const int failed = crypto_pwhash_argon2id(
        output.writable().data(), output.size(), password.data(), password.size(), salt.data(),
        cost.passes, std::size_t{cost.memory_kib} * 1024, crypto_pwhash_argon2id_ALG_ARGON2ID13);
    if (failed != 0) throw Fault("no memory to check a password");
    return output;
}

Digest peppered(const MacKey& pepper, AccountId account, const SecretBytes& argon) {
    Frame frame("fenming/password/v1");
    frame.add(account.number).add(argon.view());
    return pepper.mac(frame.view());
}

/// A stored password, taken apart.
struct Stored {
    KeyId pepper;
    PasswordCost cost;
    Salt salt;
    Digest mac;
};

template <std::size_t N>
bool read_hex(std::string_view text, std::array<std::uint8_t, N>& out) {
    const auto bytes = text.size() == 2 * N ? from_hex(text) : std::nullopt;
    if (!bytes) return false;
    std::copy(bytes->begin(), bytes->end(), out.begin());
    return true;
}

std::optional<std::uint32_t> read_number(std::string_view text, std::uint32_t least,
                                         std::uint32_t most) {
    const auto number = parse_int(text);
    if (!number || *number < least || *number > most) return std::nullopt;
    return static_cast<std::uint32_t>(*number);
}

std::string print(const Stored& stored) {
    return std::string(kForm) + "$" + stored.pepper.text() + "$" +
           std::to_string(stored.cost.memory_kib) + "$" + std::to_string(stored.cost.passes) + "$" +
           to_hex(stored.salt) + "$" + to_hex(stored.mac);
}

/// Reads exactly what print writes.
std::optional<Stored> parse(std::string_view text) {
    constexpr std::size_t kLongest = 160;
    if (text.size() > kLongest) return std::nullopt;
    const auto parts = split(text, '$');
    if (parts.size() != 6 || parts[0] != kForm) return std::nullopt;
    Stored stored{};
    std::array<std::uint8_t, 4> id{};
    const auto memory =
        read_number(parts[2], kTestPasswordCost.memory_kib, kMostPasswordCost.memory_kib);
    const auto passes = read_number(parts[3], kTestPasswordCost.passes, kMostPasswordCost.passes);
    if (!memory || !passes || !read_hex(parts[1], id) || !read_hex(parts[4], stored.salt) ||
        !read_hex(parts[5], stored.mac)) {
        return std::nullopt;
    }
    stored.pepper = key_id_of(id);
    stored.cost = {*memory, *passes};
    if (print(stored) != text) return std::nullopt;
    return stored;
}

}  // namespace

std::string hash_password(const KeyStore& keys, AccountId account, std::string_view password,
                          PasswordCost cost) {
    check(!password.empty() && password.size() <= kLongestPassword,
          "a password of 1 to 1024 bytes");
    check(cost.memory_kib >= kTestPasswordCost.memory_kib &&
              cost.passes >= kTestPasswordCost.passes &&
              cost.memory_kib <= kMostPasswordCost.memory_kib &&
              cost.passes <= kMostPasswordCost.passes,
          "a password cost within its limits");
    const MacKey& pepper = keys.mac(MacLabel::pepper);
    const Salt salt = random_array<Salt{}.size()>();
    const Digest mac = peppered(pepper, account, argon2id(password, salt, cost));
    return print({pepper.id(), cost, salt, mac});
}

PasswordVerdict verify_password(const KeyStore& keys, AccountId account, std::string_view password,
                                std::string_view stored_text, PasswordCost cost) {
    const auto stored = parse(stored_text);
    if (!stored) {
        throw Fault("the stored password of account " + std::to_string(account.number) +
                    " is damaged");
    }
    if (password.empty() || password.size() > kLongestPassword) return {};
    const MacKey& pepper = keys.mac(MacLabel::pepper, stored->pepper);
    const Digest mac = peppered(pepper, account, argon2id(password, stored->salt, stored->cost));
    PasswordVerdict verdict;
    verdict.is_right = equal_in_constant_time(mac, stored->mac);
    verdict.is_outdated = verdict.is_right && (stored->cost != cost ||
                                               stored->pepper != keys.mac(MacLabel::pepper).id());
    return verdict;
}

int password_work_peak() {
    return gate().peak();
}

}  // namespace fenming::crypto
