import FoundationEssentials
import Glibc

/// A directory of one test's own, removed with this object.
final class TemporaryDirectory {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/authfcgi-configuration-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file and gives its path.
    @discardableResult
    func write(_ text: String, to name: String, mode: mode_t = 0o640) throws -> String {
        try write(Array(text.utf8), to: name, mode: mode)
    }

    /// Writes a file and gives its path.
    @discardableResult
    func write(_ octets: [UInt8], to name: String, mode: mode_t = 0o640) throws -> String {
        let file = "\(path)/\(name)"
        let parent = String(file[..<(file.lastIndex(of: "/") ?? file.endIndex)])
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        try Data(octets).write(to: URL(filePath: file))
        _ = unsafe chmod(file, mode)
        return file
    }
}
