import AuthDomain
import FoundationEssentials

/// A folder whose files take the place of the program's own templates: `KIND.LANGUAGE.txt` (see `MessageForm`) and
/// `KIND.LANGUAGE.html` (the page of a mail). A folder in it has those of the tenant of its name.
struct TemplateFolder {
    let path: String

    private static let largest = 65_536

    /// Reads all of them. A file that is no template, or that nothing would use, is a `StartFailure`.
    func read(into forms: inout MessageForms) throws(StartFailure) {
        for name in try Self.names(in: path) {
            if Self.isFolder("\(path)/\(name)") {
                for file in try Self.names(in: "\(path)/\(name)") {
                    try Self.read("\(path)/\(name)/\(file)", named: file, for: name, into: &forms)
                }
            } else {
                try Self.read("\(path)/\(name)", named: name, for: nil, into: &forms)
            }
        }
    }

    private static func read(
        _ file: String, named name: String, for tenant: String?, into forms: inout MessageForms
    ) throws(StartFailure) {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let kind = MessageKind(rawValue: String(parts[0])),
            let language = LanguageTag(parts[1]),
            ["txt", "html"].contains(parts[2])
        else {
            let kinds = MessageKind.allCases.map(\.rawValue).joined(separator: ", ")
            throw StartFailure(
                "mail.templates: \(file): the name must be KIND.LANGUAGE.txt or KIND.LANGUAGE.html, KIND one of \(kinds)"
            )
        }
        let text = try text(of: file)
        guard parts[2] == "txt" else {
            let page = Template(text)
            guard page.places.contains(kind.place) else {
                throw StartFailure("mail.templates: \(file): it has no {{\(kind.place)}}")
            }
            return forms.set(page: page, for: kind, in: language, tenant: tenant)
        }
        do throws(MessageForm.Fault) {
            forms.set(try MessageForm(text, for: kind), for: kind, in: language, tenant: tenant)
        } catch {
            throw StartFailure("mail.templates: \(file): \(error)")
        }
    }

    private static func text(of file: String) throws(StartFailure) -> String {
        guard let data = try? Data(contentsOf: URL(filePath: file)) else {
            throw StartFailure("mail.templates: \(file): it cannot be read")
        }
        guard data.count <= largest, let text = String(validating: data, as: UTF8.self) else {
            throw StartFailure("mail.templates: \(file): it must be UTF-8 and have at most \(largest) octets")
        }
        return text
    }

    private static func names(in folder: String) throws(StartFailure) -> [String] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw StartFailure("mail.templates: \(folder): it is no folder that can be read")
        }
        return names.filter { !$0.hasPrefix(".") }.sorted()
    }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
    }
}
