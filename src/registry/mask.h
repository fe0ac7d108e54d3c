#pragma once
// Masks (S16): how much of a name, number or account a reader sees. Pure.

#include <string>
#include <string_view>

namespace fenming::registry {

/// web: lists on the public side and anything that strangers may see: no digit of a number.
/// form: internal forms and printed rosters, for those with registry.unmask and a purpose: a name's
///       first character, an ID number's first six and last four, an account's last four.
enum class View { web, form };

/// 张三 → 张*, 欧阳娜娜 → 欧**: the first character, and at most two stars, so that the length of a
/// long name does not show. A name of one character is a star. The same in both views.
std::string mask_name(std::string_view name);
/// form: 430408********0012. Anything shorter than 15 characters is all stars.
/// web: eighteen stars, whatever the number.
std::string mask_id(std::string_view number, View view);
/// form: ****0012, the last four of an account of at least eight digits.
/// web: ****
std::string mask_account(std::string_view account, View view);
/// 138****5678 for a mobile number in a form; web, and anything shorter than 11: ****
std::string mask_phone(std::string_view phone, View view);

}  // namespace fenming::registry
