/// The words of one kind of message in one language, with places for values.
///
/// As a text: a line `Subject: …`, a line `Text: …` (what goes to phones), an empty line, and the paragraphs of a mail,
/// with empty lines between them.
struct MessageForm: Sendable {
    /// What is wrong with a text that is no form.
    struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    let subject: Template
    let text: Template
    let paragraphs: [Template]

    /// Reads a form for a kind of message.
    init(_ source: String, for kind: MessageKind) throws(Fault) {
        let lines = source.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        guard lines.count > 2, let subject = Self.value("Subject: ", lines[0]),
            let text = Self.value("Text: ", lines[1]), lines[2].isEmpty
        else { throw Fault(description: "it must begin with Subject: and Text: and an empty line") }
        self.subject = Template(subject)
        self.text = Template(text)
        paragraphs = lines.dropFirst(3).split(whereSeparator: \.isEmpty)
            .map { Template($0.joined(separator: "\n")) }
        let places = paragraphs.reduce(into: Set<String>()) { $0.formUnion($1.places) }
        guard places.contains(kind.place), self.text.places.contains(kind.place) else {
            throw Fault(description: "text and mail must both have {{\(kind.place)}}")
        }
    }

    private static func value(_ name: String, _ line: Substring) -> String? {
        line.hasPrefix(name) && line.utf8.count > name.utf8.count ? String(line.dropFirst(name.count)) : nil
    }
}
