extension Configuration {
    /// A file that holds a secret: the configuration knows its path and never what is in it.
    struct SecretFile: Hashable, Sendable {
        /// Why a secret could not be had. Its text names the file and the cure, never what the file holds.
        enum Fault: Error, Hashable, CustomStringConvertible {
            case missing(path: String, isKeyFile: Bool)
            /// Everybody may read it.
            case exposed(path: String)
            case empty(path: String)
            case unreadable(path: String, reason: String)

            var description: String {
                switch self {
                case .missing(let path, let isKeyFile):
                    "\(path): no such file" + (isKeyFile ? "; make it with: authfcgi keys generate \(path)" : "")
                case .exposed(let path): "\(path): everybody may read it; cure: chmod 0640 \(path)"
                case .empty(let path): "\(path): the file is empty"
                case .unreadable(let path, let reason): "\(path): \(reason)"
                }
            }
        }

        /// Octets. Keys and passwords are far smaller.
        private static let limit = 65_536

        /// The absolute path.
        let path: String

        /// The secret in the file at `path`.
        init(_ path: String) { self.path = path }

        /// What is in the file, refused when others than its owner and group may read or change it. A file of keys
        /// can be made anew, and the fault says how.
        func read(isKeyFile: Bool = false) throws(Fault) -> [UInt8] {
            let octets: [UInt8]
            let mode: UInt32
            do throws(FileText.Fault) {
                (octets, mode) = try FileText.octets(of: path, limit: Self.limit)
            } catch {
                if error.isMissing { throw .missing(path: path, isKeyFile: isKeyFile) }
                throw .unreadable(path: path, reason: error.message)
            }
            if mode & 0o007 != 0 { throw .exposed(path: path) }
            if octets.isEmpty { throw .empty(path: path) }
            return octets
        }

        /// The first line of the file, as passwords are kept, without its end. Octets that are no UTF-8 are refused.
        func readLine() throws(Fault) -> String {
            let octets = try read().prefix { $0 != 0x0A && $0 != 0x0D }
            guard let line = String(validating: octets, as: UTF8.self) else {
                throw .unreadable(path: path, reason: "not UTF-8")
            }
            if line.isEmpty { throw .empty(path: path) }
            return line
        }
    }
}

extension ConfigurationForm where Value == Configuration.SecretFile {
    /// A path to a secret.
    static var secretFile: Self {
        let path = ConfigurationForm<String>.path
        return Self(shape: .text, accepted: path.accepted) { raw throws(ConfigurationFault) in
            Configuration.SecretFile(try path.read(raw))
        } write: {
            .text($0.path)
        }
    }
}
