import ArgumentParser
import FoundationEssentials

/// `authfcgi mail templates`
struct MailTemplatesCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "templates", abstract: "Write the program's own templates into a folder.",
            discussion: """
                Change what you like, remove the rest, and name the folder in [mail] templates: each file there takes the \
                place of the program's own. KIND.LANGUAGE.txt has the subject, the text for phones and the paragraphs of \
                a mail; a KIND.LANGUAGE.html beside it is the mail's page. What is in a folder TENANT is for that tenant \
                alone. Files that are there are left alone.
                """)
    }

    @Argument(help: "The folder; it is made when it is not there.", completion: .directory)
    var folder: String

    func run() throws {
        do {
            let files = FileManager.default
            try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for (language, texts) in MessageForms.own.sorted(by: { $0.key < $1.key }) {
                for (kind, text) in texts.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                    let path = "\(folder)/\(kind.rawValue).\(language).txt"
                    guard !files.fileExists(atPath: path) else { continue }
                    try Data((text + "\n").utf8).write(to: URL(filePath: path))
                    print(path)
                }
            }
        } catch {
            Console.complain("authfcgi: \(folder): it cannot be written")
            throw ExitCode(SystemExit.cannotCreate)
        }
    }
}
