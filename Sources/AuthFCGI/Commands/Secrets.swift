/// What the service keeps secret, read from the files that the configuration names.
struct Secrets: Sendable {
    let cookies: CookieSealer
    let codes: CodeMAC
    let payloads: PayloadSealer
    let database: MariaDBSettings

    /// Reads the files. What is wrong with one names the file.
    init(_ configuration: Configuration) throws(StartFailure) {
        let random = SystemRandom()
        let file = configuration.cookies.keys
        do {
            let keys = try KeyRing.parse(String(decoding: try file.read(isKeyFile: true), as: UTF8.self))
            cookies = try CookieSealer(keys: keys, random: random)
            codes = try CodeMAC(keys: keys)
            payloads = try PayloadSealer(keys: keys, random: random)
        } catch let error as Configuration.SecretFile.Fault {
            throw StartFailure("cookies.keys_file: \(error)")
        } catch {
            throw StartFailure("cookies.keys_file: \(file.path): \(error)")
        }
        database = try MariaDBSettings(configuration.database)
    }
}
