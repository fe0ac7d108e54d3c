// Masks: by whole characters, never by bytes.

#include "registry/mask.h"

#include "base/text.h"

namespace fenming::registry {
namespace {

/// Bytes of the first UTF-8 character.
std::size_t first_character(std::string_view text) {
    std::size_t bytes = 1;
    while (bytes < text.size() && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) ++bytes;
    return bytes;
}

}  // namespace

std::string mask_name(std::string_view name) {
    const std::size_t length = length_in_characters(name);
    if (length == 0) return {};
    if (length == 1) return "*";
    return std::string(name.substr(0, first_character(name))) + (length == 2 ? "*" : "**");
}

std::string mask_id(std::string_view number, View view) {
    if (view == View::web || number.size() < 15) return std::string(18, '*');
    return std::string(number.substr(0, 6)) + std::string(number.size() - 10, '*') +
           std::string(number.substr(number.size() - 4));
}

std::string mask_account(std::string_view account, View view) {
    if (view == View::web || account.size() < 8) return "****";
    return "****" + std::string(account.substr(account.size() - 4));
}

std::string mask_phone(std::string_view phone, View view) {
    if (view == View::web || phone.size() < 11) return "****";
    return std::string(phone.substr(0, 3)) + "****" + std::string(phone.substr(phone.size() - 4));
}

}  // namespace fenming::registry
