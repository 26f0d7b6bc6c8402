extension Configuration {
    /// A file's permission bits: chmod(2).
    struct FileMode: Hashable, Sendable {
        let bits: UInt32

        /// Reads 3 or 4 octal digits, at most 0777.
        init?(_ text: String) {
            guard (3...4).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x37).contains($0) }),
                let bits = UInt32(text, radix: 8), bits <= 0o777
            else { return nil }
            self.bits = bits
        }

        /// Reading and writing for the owner and the group.
        static let ownerAndGroup = FileMode(bits: 0o660)

        private init(bits: UInt32) { self.bits = bits }

        /// Four octal digits.
        var text: String {
            let digits = String(bits, radix: 8)
            return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
        }
    }
}

extension ConfigurationForm where Value == Configuration.FileMode {
    /// A file mode.
    static var fileMode: Self {
        parsed(
            "file mode", accepted: #"octal digits such as "0660""#, parse: { Configuration.FileMode($0) }, text: \.text)
    }
}
