extension Configuration {
    /// The configuration of a file, its drop-ins (`authfcgi.d/*.toml` beside it, sorted) and the environment, later
    /// ones over earlier ones. Warnings are complete lines for the operator. Throws everything that is wrong at once.
    static func load(
        path: String, environment: [String: String]
    ) throws(ConfigurationProblems) -> (configuration: Configuration, warnings: [String]) {
        var loader = ConfigurationLoader()
        loader.apply(file: path)
        loader.applyDropIns(besides: path)
        loader.apply(environment: environment)
        loader.useCredentials(environment: environment)
        return (try loader.finish(), loader.warnings)
    }

    /// The configuration of a text and nothing else, as `rendered` gives it to another process. `name` stands for the
    /// file in problems.
    static func load(text: String, name: String = "configuration") throws(ConfigurationProblems) -> Configuration {
        var loader = ConfigurationLoader()
        loader.apply(text: text, name: name)
        return try loader.finish()
    }
}
