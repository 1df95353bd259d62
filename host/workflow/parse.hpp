#pragma once
#include <optional>
#include <workflow/collector.hpp>
#include <workflow/node.hpp>

namespace hashloom::workflow {

inline constexpr int64_t kMaxBytes = 16 << 20, kMaxNodes = 1'000'000, kMaxDepth = 100;

/// The text of mistakes.files()[file], UTF-8. Nothing, and a mistake, if it can't be read, is larger than kMaxBytes or
/// is no text. `named_at` is where the file is named, if that is in another one.
std::optional<std::string> read(int file, const Source& named_at, Diagnostics& mistakes);

/// The same of standard input.
std::optional<std::string> read_standard_input(Diagnostics& mistakes);

/// The first place of `text` that is not UTF-8, or is a control character other than tab and line ends; npos if it is
/// clean.
size_t find_unprintable(const std::string& text);

/// The one YAML document in `text`, which is that of mistakes.files()[file], anchors and aliases resolved. Nothing, and
/// a mistake, if it does not parse, holds no map, or is larger than kMaxNodes or deeper than kMaxDepth. Keys that stand
/// twice are mistakes; the first one counts.
std::optional<Node> parse(const std::string& text, int file, Diagnostics& mistakes);

/// A value given on the command line: a list or quoted text as in YAML, else a plain scalar. Its source is `source`.
std::optional<Node> parse_value(const std::string& text, const Source& source, Diagnostics& mistakes);

}  // namespace hashloom::workflow
