/// What an environment variable's text is read as.
enum ConfigurationShape: Sendable {
    case text, integer, boolean
    /// Separated by commas.
    case list

    /// The value that a variable's text stands for. A text that is no integer or boolean stays a text.
    func value(of text: String) -> ConfigurationValue {
        switch self {
        case .text: return .text(text)
        case .integer: return Int(text).map(ConfigurationValue.integer) ?? .text(text)
        case .boolean: return text == "true" ? .boolean(true) : text == "false" ? .boolean(false) : .text(text)
        case .list:
            if text.isEmpty { return .list([]) }
            return .list(
                text.split(separator: ",", omittingEmptySubsequences: false).map { element in
                    let start = element.drop { $0 == " " }
                    return .text(String(start.prefix(start.lastIndex { $0 != " " }.map { start[...$0].count } ?? 0)))
                })
        }
    }
}
