// Column letters, and the list of what was wrong.

#include "sheet/rows.h"

#include <algorithm>

namespace fenming::sheet {

std::string column_letters(std::size_t index) {
    std::string letters;
    for (std::size_t rest = index + 1; rest > 0; rest = (rest - 1) / 26)
        letters += static_cast<char>('A' + (rest - 1) % 26);
    std::reverse(letters.begin(), letters.end());
    return letters;
}

void Problems::add(Refusal problem) {
    ++count_;
    if (kept_.size() < keep_) kept_.push_back(std::move(problem));
}

}  // namespace fenming::sheet
