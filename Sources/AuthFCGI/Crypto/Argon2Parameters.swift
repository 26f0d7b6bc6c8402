import AuthDomain

/// What an Argon2id hash cost, as its PHC string tells: `$argon2id$v=19$m=<KiB>,t=<passes>,p=<lanes>$…`.
struct Argon2Parameters: Equatable, Sendable {
    /// In KiB.
    let memory: UInt32
    /// How often the memory is gone through.
    let passes: UInt32

    init(memory: UInt32, passes: UInt32) {
        self.memory = memory
        self.passes = passes
    }

    /// Nil when the string is no Argon2id hash of version 19.
    init?(_ hash: PasswordHash) {
        let parts = hash.phc.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[1] == "argon2id", parts[2] == "v=19" else { return nil }
        let values = parts[3].split(separator: ",", omittingEmptySubsequences: false)
        guard values.count == 3, values[0].hasPrefix("m="), values[1].hasPrefix("t="),
            let memory = UInt32(values[0].dropFirst(2)), let passes = UInt32(values[1].dropFirst(2))
        else { return nil }
        self.init(memory: memory, passes: passes)
    }
}
